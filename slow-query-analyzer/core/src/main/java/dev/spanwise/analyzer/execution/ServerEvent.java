package dev.spanwise.analyzer.execution;

import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/** An entry of a server's log that tells of one backend's work. */
public sealed interface ServerEvent
    permits ExecutedPlan, StatementDuration, LockWait, TemporaryFile {

  /** Who wrote it, when and where it stands. */
  Logged logged();

  /** How long what it tells of took; it ended when the entry was written. */
  long durationNanos();

  /** About what it takes in memory, in bytes. */
  default long approximateBytes() {
    Statement statement = statement();
    return 200 + (statement == null ? 0 : 2L * statement.text().length());
  }

  default int backendPid() {
    return logged().backendPid();
  }

  default long loggedNanos() {
    return logged().atNanos();
  }

  default long precisionNanos() {
    return logged().precisionNanos();
  }

  default @Nullable Statement statement() {
    return logged().statement();
  }
}
