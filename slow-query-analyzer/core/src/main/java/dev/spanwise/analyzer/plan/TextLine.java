package dev.spanwise.analyzer.plan;

/**
 * One line of text output.
 *
 * @param number its line number in the input, from one
 * @param indent how many spaces it began with
 * @param text the rest, without spaces at its end
 */
record TextLine(int number, int indent, String text) {

  static TextLine of(int number, String line) {
    String text = line.stripTrailing();
    int indent = 0;
    while (indent < text.length() && Character.isWhitespace(text.charAt(indent))) {
      indent++;
    }
    return new TextLine(number, indent, text.substring(indent));
  }

  boolean blank() {
    return text.isEmpty();
  }

  /** This line as it was printed. */
  String raw() {
    return " ".repeat(indent) + text;
  }

  PlanFormatException refused(String reason) {
    return new PlanFormatException("line " + number, reason);
  }
}
