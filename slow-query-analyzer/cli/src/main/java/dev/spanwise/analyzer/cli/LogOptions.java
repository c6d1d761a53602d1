package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How server logs are read. */
final class LogOptions {

  @Option(
      names = "--log-line-prefix",
      paramLabel = "PREFIX",
      description = {
        "The server's log_line_prefix, which",
        "needs %%p or %%c, and one of %%m, %%n and %%t;",
        "without it, it is found out from the log."
      })
  private @Nullable String prefix;

  @Option(
      names = "--log-time-zone",
      paramLabel = "ZONE",
      description =
          "The server's log_timezone, such as Europe/Berlin, where the log's abbreviation is ambiguous.")
  private @Nullable String zone;

  ServerLogOptions options() {
    try {
      return new ServerLogOptions(prefix, zone == null ? null : ZoneId.of(zone));
    } catch (DateTimeException e) {
      throw CommandFailure.wrongInput("--log-time-zone: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw CommandFailure.wrongInput("--log-line-prefix: " + e.getMessage());
    }
  }
}
