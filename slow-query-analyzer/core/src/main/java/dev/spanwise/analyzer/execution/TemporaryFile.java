package dev.spanwise.analyzer.execution;

/**
 * A statement wrote a temporary file ({@code log_temp_files}). See <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-TEMP-FILES">log_temp_files</a>.
 *
 * @param bytes its size when it was deleted, which is when the entry was written
 */
public record TemporaryFile(Logged logged, long bytes) implements ServerEvent {

  /** Zero: the log does not say how long the file was there. */
  @Override
  public long durationNanos() {
    return 0;
  }
}
