package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The style check formats what is checked in: these are its layouts. */
class JavaSourceTest {

  @Test
  void aConstantThatFitsStandsOnOneLine() {
    assertThat(constant("A", JavaExpression.text("a \"b\" \\")))
        .isEqualTo("  static final String A = \"a \\\"b\\\" \\\\\";\n");
  }

  @Test
  void aValueThatDoesNotFitMovesToTheNextLine() {
    String value = "x".repeat(71);
    assertThat(constant("A", JavaExpression.text(value)))
        .isEqualTo("  static final String A = \"" + value + "\";\n");
    assertThat(constant("A", JavaExpression.text(value + "x")))
        .isEqualTo("  static final String A =\n      \"" + value + "x\";\n");
  }

  @Test
  void argumentsThatDoNotFitMoveToTheNextLineTogetherWhereTheyCan() {
    JavaExpression half = JavaExpression.of("x".repeat(43));
    assertThat(constant("A", JavaExpression.call("List.of", half, half)))
        .isEqualTo(
            """
              static final String A =
                  List.of(
                      %1$s, %1$s);
            """
                .formatted(half.flat()));
  }

  @Test
  void argumentsThatDoNotFitOnOneLineHaveOneEach() {
    JavaExpression half = JavaExpression.of("x".repeat(44));
    assertThat(constant("A", JavaExpression.call("List.of", half, half)))
        .isEqualTo(
            """
              static final String A =
                  List.of(
                      %1$s,
                      %1$s);
            """
                .formatted(half.flat()));
  }

  @Test
  void aSentenceThatDoesNotFitIsWrapped() {
    assertThat(new JavaSource().javadoc("Word ".repeat(17) + "end.").toString())
        .startsWith("/** Word")
        .hasLineCount(1);
    assertThat(new JavaSource().javadoc("Word ".repeat(19) + "<end>.").toString())
        .isEqualTo("/**\n * " + "Word ".repeat(19).strip() + "\n * &lt;end>.\n */\n");
  }

  private static String constant(String name, JavaExpression value) {
    return new JavaSource()
        .open("class C")
        .constant("static final String " + name, value)
        .toString()
        .replace("class C {\n", "");
  }
}
