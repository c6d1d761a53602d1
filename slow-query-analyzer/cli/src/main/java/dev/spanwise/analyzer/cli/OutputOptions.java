package dev.spanwise.analyzer.cli;

import dev.spanwise.analyzer.report.Report;
import dev.spanwise.analyzer.report.ReportFormat;
import dev.spanwise.analyzer.report.TextReport;
import dev.spanwise.analyzer.rule.Severity;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Where the report goes, and what makes the command fail. */
final class OutputOptions {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = {
        "html, json, markdown or text; without it, the",
        "end of --output's name (.html, .json, .md, .txt);",
        "text on standard output."
      })
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

  /** Refuses, before any work is done, an output that cannot be written or has no form. */
  void check() {
    if (output == null) {
      return;
    }
    if (output.getFileName() == null || Files.isDirectory(output)) {
      throw CommandFailure.wrongInput(output + " cannot be written: it is a directory");
    }
    chosenFormat();
  }

  /** Writes the report; gives the exit code. */
  int write(Report report, PrintWriter out) {
    ReportFormat chosen = chosenFormat();
    if (output == null) {
      boolean colours = chosen == ReportFormat.TEXT && Ansi.AUTO.enabled();
      out.print(colours ? TextReport.render(report, true) : chosen.render(report));
      if (out.checkError() || System.out.checkError()) {
        refuseStandardOutput();
      }
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

  /**
   * Says why standard output takes no more, unless it is that nobody reads it any longer, as behind
   * {@code | head}. The writer keeps no cause, so one line end is tried again.
   */
  private static void refuseStandardOutput() {
    String reason = "it failed";
    try (FileOutputStream again = new FileOutputStream(FileDescriptor.out)) {
      again.write('\n');
    } catch (IOException e) {
      reason = FileProblem.of(e);
    }
    if (!reason.contains("Broken pipe")) {
      throw CommandFailure.wrongInput("standard output cannot be written: " + reason);
    }
  }

  private ReportFormat chosenFormat() {
    if (format != null) {
      return format;
    }
    if (output != null) {
      String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
      for (ReportFormat candidate : ReportFormat.values()) {
        if (name.endsWith("." + candidate.fileExtension())) {
          return candidate;
        }
      }
      throw CommandFailure.wrongInput(
          output
              + ": the extension names no format; name it with --format, or end the name in "
              + Stream.of(ReportFormat.values())
                  .map(known -> "." + known.fileExtension())
                  .collect(Collectors.joining(", ")));
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
