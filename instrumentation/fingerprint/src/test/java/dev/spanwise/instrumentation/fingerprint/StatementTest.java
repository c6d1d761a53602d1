package dev.spanwise.instrumentation.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

  /** A change here orphans every stored fingerprint. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '»',
      quoteCharacter = '~',
      value = {
        "; » ef46db3751d8e999",
        "select 1 » 0c21f310d01a313f",
        "select * from orders where id = ? » c826d2a43aafdb24",
        "insert into t (a, b) values (?, ?), (?, ?) » b7a4a3ac55d20fe7",
        "select \"A\" from t where a in (1, 2) and j ? 'k' order by 1 limit 10 » ce1ab804953daa10",
      })
  void keepsItsFingerprintAcrossVersions(String sql, String id) {
    assertThat(Statement.of(sql).id()).isEqualTo(id);
  }

  @Test
  void idHasSixteenDigits() {
    assertThat(new Statement("", 10).id()).isEqualTo("000000000000000a");
  }

  @Test
  void cutsLongTextsButFingerprintsAllOfThem() {
    String head = "select " + "a + ".repeat(10_000);
    Statement one = Statement.of(head + "b");
    Statement other = Statement.of(head + "c");

    assertThat(one.text()).hasSize(Statement.MAXIMUM_TEXT_LENGTH).endsWith("…");
    assertThat(one.text()).isEqualTo(other.text());
    assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint());
  }

  @Test
  void keepsTextsOfTheGreatestLengthWhole() {
    String name = "a".repeat(Statement.MAXIMUM_TEXT_LENGTH);

    assertThat(Statement.of(name).text()).isEqualTo(name);
    assertThat(Statement.of(name + "a").text()).hasSameSizeAs(name).endsWith("a…");
  }

  @Test
  void listsOfAnyLengthStaySmall() {
    String list = "1, 'x', ?, ".repeat(100_000) + "2";
    String rows = "(1, 'x'), ".repeat(100_000) + "(?, ?)";

    assertThat(Statement.of("a in (" + list + ")").text()).isEqualTo("a in ($1)");
    assertThat(Statement.of("values " + rows).text()).isEqualTo("values ($1, $2)");
    assertThat(Statement.of("array[" + list + "]").text()).isEqualTo("array[$1]");
  }

  /** Each repeats what a careless lexer would read again and again to the end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "+",
        "-",
        "- ",
        "?",
        "? ",
        "??",
        "?/**/",
        "/*",
        "/* */-",
        "*/",
        "@?",
        "%",
        "%(a",
        "$",
        "$a",
        "$a ",
        "$a$b",
        ":",
        ":a",
        "(",
        "[",
        "((",
        ")",
        "'",
        "\"",
        "\"a\"",
        "e'\\",
        "u&",
        "1.",
        ".",
        "..",
        "1e",
        "a",
        "in (1, ",
        "array[",
        "array[[1],",
        "values (1), ",
        "values (values (1), ",
        "in (in (1, 2), ",
        "; ",
        "\0",
        "é",
        "--\n",
        "!="
      })
  void takesTimeLinearInTheLength(String part) {
    String sql = part.repeat(200_000 / part.length());

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Statement.of(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '»',
      quoteCharacter = '~',
      value = {
        "select * from t where a = $1 » true",
        "select -$1 » true",
        "select a[$2], $tag$ $1 $tag$ » true",
        "select '$5', E'\\'$5', \"$5\", $tag$ $5 $tag$ -- $5 » false",
        "select 1 /* $1 */ from t$1 » false",
        "select '$1 » false"
      })
  void tellsAParameterFromWhatOnlyLooksLikeOne(String sql, boolean parameter) {
    assertThat(Statement.hasNumberedParameter(sql)).isEqualTo(parameter);
  }
}
