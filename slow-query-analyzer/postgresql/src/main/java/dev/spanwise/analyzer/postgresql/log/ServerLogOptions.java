package dev.spanwise.analyzer.postgresql.log;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a log does not say about itself.
 *
 * @param linePrefix the server's <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LINE-PREFIX">log_line_prefix</a>;
 *     null to find it out from the first entries
 * @param zone the server's {@code log_timezone}, for abbreviations such as CST or IST that mean
 *     several zones; null to reject those. Offsets, UTC and abbreviations with one meaning are read
 *     as printed
 */
public record ServerLogOptions(@Nullable String linePrefix, @Nullable ZoneId zone) {

  /** What a log_line_prefix needs: the process id and the time, to link plans by. */
  public static final String LINE_PREFIX_RULE = "needs %p or %c, and one of %m, %n and %t";

  public static final ServerLogOptions DEFAULTS = new ServerLogOptions(null, null);

  /**
   * @throws IllegalArgumentException if {@code linePrefix} prints no timestamp or no process id
   */
  public ServerLogOptions {
    if (linePrefix != null) {
      LinePrefix.of(linePrefix);
    }
  }
}
