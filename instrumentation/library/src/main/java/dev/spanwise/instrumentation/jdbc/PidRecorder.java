package dev.spanwise.instrumentation.jdbc;

import io.opentelemetry.api.trace.Span;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets one connection's process id on the current span, and never throws. */
final class PidRecorder {
  private static final Logger logger = LoggerFactory.getLogger(PidRecorder.class);

  private final long pid;
  private final AtomicBoolean failureLogged = new AtomicBoolean();

  PidRecorder(long pid) {
    this.pid = pid;
  }

  void record() {
    try {
      Span span = Span.current();
      if (span.isRecording()) {
        span.setAttribute(BackendPidTelemetry.POSTGRESQL_PID, pid);
      }
    } catch (RuntimeException | LinkageError e) {
      if (failureLogged.compareAndSet(false, true)) {
        logger.warn("A span of backend {} has no postgresql.pid", pid, e);
      }
    }
  }
}
