package dev.spanwise.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An expression laid out as google-java-format would: on one line where it fits, else its arguments
 * on the next line, else one a line. (The formatter itself does not run on every JDK that builds
 * this.)
 */
sealed interface JavaExpression {

  /** Characters in a line at most. */
  int COLUMNS = 100;

  static JavaExpression of(String text) {
    return new Plain(text);
  }

  /** A string literal. */
  static JavaExpression text(String value) {
    return new Plain("\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
  }

  /**
   * A call.
   *
   * @param head what stands before the parenthesis
   */
  static JavaExpression call(String head, JavaExpression... arguments) {
    return new Call(head, List.of(arguments));
  }

  static JavaExpression call(String head, List<JavaExpression> arguments) {
    return new Call(head, arguments);
  }

  /** On one line, however long. */
  String flat();

  /**
   * Laid out.
   *
   * @param indent the column that it begins in, and that its further lines are indented from
   * @param after how many characters follow its last one
   */
  String render(int indent, int after);

  private static boolean fits(int column, String text, int after) {
    return column + text.length() + after <= COLUMNS;
  }

  /** What cannot be broken. */
  record Plain(String flat) implements JavaExpression {
    @Override
    public String render(int indent, int after) {
      return flat;
    }
  }

  /** A call with its arguments. */
  record Call(String head, List<JavaExpression> arguments) implements JavaExpression {
    @Override
    public String flat() {
      return arguments.stream()
          .map(JavaExpression::flat)
          .collect(Collectors.joining(", ", head + "(", ")"));
    }

    @Override
    public String render(int indent, int after) {
      if (fits(indent, flat(), after)) {
        return flat();
      }
      int inner = indent + 4;
      String start = head + "(\n" + " ".repeat(inner);
      String line = arguments.stream().map(JavaExpression::flat).collect(Collectors.joining(", "));
      if (fits(inner, line, after + 1)) {
        return start + line + ")";
      }
      String[] lines = new String[arguments.size()];
      Arrays.setAll(
          lines, i -> arguments.get(i).render(inner, i == lines.length - 1 ? after + 1 : 1));
      return start + String.join(",\n" + " ".repeat(inner), lines) + ")";
    }
  }
}
