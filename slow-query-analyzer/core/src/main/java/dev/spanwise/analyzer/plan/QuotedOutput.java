package dev.spanwise.analyzer.plan;

import java.util.stream.Collectors;

/**
 * Takes off what mails put before the lines that they answer to, and the quotes that graphical
 * clients (pgAdmin, DBeaver, DataGrip) put around each line, or around the whole cell, that they
 * copy; a quote inside is doubled. Stateless.
 */
final class QuotedOutput {

  private QuotedOutput() {}

  static String unquoted(String output) {
    return withoutQuotes(withoutMarks(output));
  }

  private static String withoutMarks(String output) {
    boolean answered =
        output.lines().allMatch(line -> line.isBlank() || line.startsWith(">"))
            && !output.isBlank();
    return answered
        ? output.lines().map(QuotedOutput::withoutMarksOfLine).collect(Collectors.joining("\n"))
        : output;
  }

  /** A mail that answers to an answer has a mark for each. */
  private static String withoutMarksOfLine(String line) {
    int end = 0;
    while (line.startsWith(">", end) || line.startsWith(" >", end)) {
      end += line.charAt(end) == '>' ? 1 : 2;
    }
    return line.substring(line.startsWith(" ", end) ? end + 1 : end);
  }

  private static String withoutQuotes(String output) {
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
