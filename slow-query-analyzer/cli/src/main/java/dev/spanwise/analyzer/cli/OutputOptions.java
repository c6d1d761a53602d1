package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportFormat;
import dev.spanwise.analyzer.report.TextReport;
import dev.spanwise.analyzer.rule.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Where the report goes, and what makes the command fail. */
final class OutputOptions {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "html, json, markdown or text; without it, what the name of --output ends in, else text.")
  private @Nullable ReportFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "File to write the report to, instead of standard output.")
  private @Nullable Path output;

  @Option(
      names = "--fail-on",
      paramLabel = "SEVERITY",
      description =
          "Exit with 1 if there is a finding of this severity or above: critical, high, medium, low or info.")
  private @Nullable Severity failOn;

  /** Writes the report; gives the exit code. */
  int write(Report report, PrintWriter out) {
    ReportFormat chosen = chosenFormat();
    if (output == null) {
      boolean colours = chosen == ReportFormat.TEXT && Ansi.AUTO.enabled();
      out.print(colours ? TextReport.render(report, true) : chosen.render(report));
      out.flush();
    } else {
      writeFile(output, chosen.render(report));
    }
    return exitCode(report);
  }

  static void writeFile(Path file, String text) {
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw CommandFailure.wrongInput(file + " cannot be written: " + FileProblem.of(e));
    }
  }

  private ReportFormat chosenFormat() {
    if (format != null) {
      return format;
    }
    if (output != null) {
      String name = output.getFileName().toString().toLowerCase(Locale.ROOT);
      for (ReportFormat candidate : ReportFormat.values()) {
        if (name.endsWith("." + candidate.fileExtension())) {
          return candidate;
        }
      }
    }
    return ReportFormat.TEXT;
  }

  private int exitCode(Report report) {
    Severity bound = failOn;
    boolean fails =
        bound != null
            && report.findings().stream()
                .map(finding -> Severity.valueOf(finding.severity().toUpperCase(Locale.ROOT)))
                .anyMatch(severity -> severity.atLeast(bound));
    return fails ? ExitCode.FINDING : ExitCode.DONE;
  }
}
