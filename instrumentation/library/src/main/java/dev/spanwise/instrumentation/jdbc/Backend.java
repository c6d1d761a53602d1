package dev.spanwise.instrumentation.jdbc;

import dev.spanwise.instrumentation.telemetry.DatabaseSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of one connection, or that it is not known. Safe for use by several threads.
 */
public final class Backend {
  static final Backend UNKNOWN = new Backend(null, null);

  private static final Logger logger = LoggerFactory.getLogger(Backend.class);

  // Boxed once here, not for each statement.
  private final @Nullable Long pid;
  private final @Nullable Long startMillis;

  private volatile boolean failureTold;

  private Backend(@Nullable Long pid, @Nullable Long startMillis) {
    this.pid = pid;
    this.startMillis = startMillis;
  }

  static Backend of(long pid, long startMillis) {
    return new Backend(pid, startMillis);
  }

  /**
   * Puts {@code postgresql.pid} and {@code spanwise.postgresql.backend_start} on a span; nothing
   * where the process is not known.
   */
  public void describe(Span span) {
    if (pid != null && startMillis != null) {
      span.setAttribute(SpanwiseAttributes.POSTGRESQL_PID, pid);
      span.setAttribute(SpanwiseAttributes.SPANWISE_POSTGRESQL_BACKEND_START, startMillis);
    }
  }

  /** Puts itself on the span of the statement that is about to be executed. Never throws. */
  void record() {
    if (pid == null) {
      return;
    }
    try {
      Span span = Span.current();
      if ("postgresql".equals(DatabaseSpan.system(span))) {
        describe(span);
      }
    } catch (Throwable e) {
      tell(e);
    }
  }

  private void tell(Throwable failure) {
    if (!failureTold) {
      failureTold = true;
      logger.warn("A span of backend {} has no postgresql.pid", pid, failure);
    }
  }
}
