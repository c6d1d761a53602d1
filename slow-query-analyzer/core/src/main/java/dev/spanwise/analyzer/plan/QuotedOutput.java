package dev.spanwise.analyzer.plan;

import java.util.stream.Collectors;

/**
 * Takes off the quotes that graphical clients (pgAdmin, DBeaver, DataGrip) put around each line, or
 * around the whole cell, that they copy; a quote inside is doubled. Stateless.
 */
final class QuotedOutput {

  private QuotedOutput() {}

  static String unquoted(String output) {
    if (output.indexOf('"') < 0) {
      return output;
    }
    String cell = output.strip();
    if (cell.startsWith("\"[") || cell.startsWith("\"{")) {
      return unquotedLine(cell);
    }
    // In a logged statement a line can be a quoted name.
    return cell.startsWith("[") || cell.startsWith("{") || cell.startsWith("Query Text: ")
        ? output
        : output.lines().map(QuotedOutput::unquotedLine).collect(Collectors.joining("\n"));
  }

  private static String unquotedLine(String line) {
    return line.length() > 1 && line.startsWith("\"") && line.endsWith("\"")
        ? line.substring(1, line.length() - 1).replace("\"\"", "\"")
        : line;
  }
}
