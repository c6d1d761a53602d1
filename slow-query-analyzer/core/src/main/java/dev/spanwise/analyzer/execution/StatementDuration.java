package dev.spanwise.analyzer.execution;

import org.jspecify.annotations.Nullable;

/**
 * How long a step of a statement took ({@code log_min_duration_statement}, {@code log_duration}).
 * See <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-MIN-DURATION-STATEMENT">log_min_duration_statement</a>.
 *
 * @param step the step; null where the log does not say it, as {@code log_duration} alone does not
 * @param durationNanos its time; it ended when the entry was written
 */
public record StatementDuration(Logged logged, @Nullable Step step, long durationNanos)
    implements ServerEvent {

  /** A message of PostgreSQL's protocol. */
  public enum Step {
    /** All of a simple query, which may hold several statements. */
    SIMPLE,
    PARSE,
    BIND,
    EXECUTE
  }
}
