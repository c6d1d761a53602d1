package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/** What reading a piece of a log gave. */
sealed interface Outcome {

  /** An event that is whole. */
  record Event(ServerEvent event) implements Outcome {}

  /**
   * {@code log_statement}: a statement begins, whose duration may follow without its text.
   *
   * @param atNanos when, nanoseconds since the epoch, cut off to the log's precision
   */
  record Begun(
      int backendPid,
      long atNanos,
      long precisionNanos,
      StatementDuration.Step step,
      Statement statement,
      @Nullable TraceContext traceContext)
      implements Outcome {}

  /** A statement of the backend ended with an error: no duration of it follows. */
  record Failed(int backendPid) implements Outcome {}

  /**
   * Something that cannot be used.
   *
   * @param once whether the same reason is told once for all its lines
   */
  record Rejected(long line, String reason, boolean once) implements Outcome {}

  /** A line that is part of no entry. */
  record Stray(long line, String reason) implements Outcome {}

  /** An entry, whatever it tells: the input is a server's log. */
  record EntrySeen() implements Outcome {}
}
