package dev.spanwise.instrumentation.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StatementPropertyTest {

  @Provide
  Arbitrary<SqlShape> shapes() {
    return SqlShape.arbitrary();
  }

  /** What a lexer may stumble over, side by side. */
  @Provide
  Arbitrary<String> fragments() {
    return Arbitraries.of(
            "'", "\"", "$", "$$", "$a$", "$1", "?", "??", "?|", "@?", ":", "::", ":=", "=", "-",
            "+", "--", "/*", "*/", "*", "%", "%s", "@", "@p", "(", ")", "[", "]", ",", ";", ".",
            "1", ".5", "e", "E'", "u&", "U&\"", "x", "a", "in", "values", "array", "null", "is",
            "not", "true", "and", "date", "select", " ", "\n", "\\", "{", "}", "#", "|", "!", "<",
            ">", "\0", "é", "\uD800", "\"a\"", "\"A\"", "'x'", "over", "from", "on")
        .list()
        .ofMaxSize(12)
        .map(fragments -> String.join("", fragments));
  }

  @Property(tries = 2000)
  void oneShapeHasOneValueHoweverItIsWritten(
      @ForAll("shapes") SqlShape shape, @ForAll long left, @ForAll long right) {
    Statement one = Statement.of(shape.write(new Random(left)));
    Statement other = Statement.of(shape.write(new Random(right)));

    assertThat(one).isEqualTo(other);
  }

  @Property(tries = 2000)
  void twoShapesHaveTwoValues(
      @ForAll("shapes") SqlShape left, @ForAll("shapes") SqlShape right, @ForAll long seed) {
    Assume.that(!left.equals(right));
    Statement one = Statement.of(left.write(new Random(seed)));
    Statement other = Statement.of(right.write(new Random(seed)));

    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
    assertThat(one.text()).isNotEqualTo(other.text());
  }

  @Property(tries = 200)
  void noLiteralAndNoCommentSurvivesEvenWhereTheTextIsCut(
      @ForAll("shapes") SqlShape shape, @ForAll long seed) {
    String sql = shape.write(new Random(seed));

    assertThat(Statement.of(sql).text()).doesNotContainIgnoringCase(SqlShape.SECRET);
    for (int length = 0; length < sql.length(); length++) {
      assertThat(Statement.of(sql.substring(0, length)).text())
          .doesNotContainIgnoringCase(SqlShape.SECRET);
    }
  }

  @Property(tries = 2000)
  void normalisingTheTextAgainChangesNothing(@ForAll("shapes") SqlShape shape, @ForAll long seed) {
    Statement statement = Statement.of(shape.write(new Random(seed)));

    assertThat(Statement.of(statement.text())).isEqualTo(statement);
  }

  @Property(tries = 5_000)
  void normalisingTheTextOfAnyFragmentsAgainChangesNothing(@ForAll("fragments") String sql) {
    Statement statement = Statement.of(sql);

    assertThat(Statement.of(statement.text())).isEqualTo(statement);
  }

  @Property
  void anyTextHasAValue(@ForAll String sql) {
    Statement statement = Statement.of(sql);

    assertThat(statement.id()).matches("[0-9a-f]{16}");
    assertThat(Statement.of(statement.text())).isEqualTo(statement);
  }
}
