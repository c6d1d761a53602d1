package dev.spanwise.analyzer.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.spanwise.analyzer.condition.Condition.Comparison;
import dev.spanwise.analyzer.condition.Operand.Cast;
import dev.spanwise.analyzer.condition.Operand.Column;
import dev.spanwise.analyzer.condition.Operand.Constant;
import dev.spanwise.analyzer.condition.Operand.Expression;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionReaderTest {

  private static final Column ACCOUNT = new Column("t", "account_id");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(t.account_id = 42)",
        "(t.account_id = $1)",
        "(t.account_id = '42'::bigint)",
        "(t.account_id = (-42))",
        "(t.account_id = ?)",
        "(t.account_id = ?::bigint)",
        "(t.account_id = (current_setting(?::text))::integer)",
        "(t.account_id = ((40 + 2))::bigint)",
        "(t.account_id = (InitPlan 1).col1)",
        "(t.account_id = (current_setting('app.account'::text))::integer)",
        "t.account_id = 42"
      })
  void aColumnComparedWithWhatIsKnownBeforeTheScan(String printed) {
    assertThat(ConditionReader.read(printed))
        .isInstanceOfSatisfying(
            Comparison.class,
            comparison -> {
              assertThat(comparison.left()).isEqualTo(ACCOUNT);
              assertThat(comparison.operator()).isEqualTo("=");
              assertThat(comparison.right()).isInstanceOf(Constant.class);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"(t.account_id ? 'a'::text)", "(t.account_id ? ?::text)"})
  void afterAnOperandAQuestionMarkIsAnOperator(String printed) {
    assertThat(ConditionReader.read(printed))
        .isInstanceOfSatisfying(
            Comparison.class, comparison -> assertThat(comparison.operator()).isEqualTo("?"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "(t.name ~~ '%a''b%'::text), %a'b%, %a'b%",
        "(t.name ~~ ('%'::text)), %, %",
        "(t.id = 42), 42, 42",
        "(t.name = E'a\\'b'), a'b, a'b",
        "(t.name ~~ (('%'::text || $1) || '%'::text)), -, %",
        "(t.name ~~ ($1 || '%'::text)), -, -",
        "(t.name ~~ $1), -, -",
        "(t.at = (now() - '1 day'::interval)), -, -"
      })
  void aConstantKnowsItsLiteralAndWhatItBeginsWith(
      String printed, @Nullable String literal, @Nullable String beginning) {
    assertThat(((Comparison) ConditionReader.read(printed)).right())
        .isEqualTo(new Constant(literal, beginning));
  }

  @Test
  void conjunctsAreTakenApartHoweverNested() {
    Condition condition =
        ConditionReader.read(
            "((t.account_id = 42) AND ((t.at >= '2024-01-01 00:00:00+00'::timestamp with time zone) AND (t.name ~~ 'it''s (a) AND b%'::text)))");
    assertThat(condition.conjuncts())
        .containsExactly(
            new Comparison(ACCOUNT, "=", literal("42")),
            new Comparison(new Column("t", "at"), ">=", literal("2024-01-01 00:00:00+00")),
            new Comparison(new Column("t", "name"), "~~", literal("it's (a) AND b%")));
  }

  @Test
  void disjunctsStayTogether() {
    Condition condition = ConditionReader.read("((t.a = 1) OR (t.b = 2))");
    assertThat(condition).isInstanceOf(Condition.Or.class);
    assertThat(condition.columns())
        .containsExactlyInAnyOrder(new Column("t", "a"), new Column("t", "b"));
  }

  @Test
  void anyOfAnArray() {
    assertThat(ConditionReader.read("(t.status = ANY ('{open,\"part (ial)\"}'::text[]))"))
        .isEqualTo(
            new Comparison(new Column("t", "status"), "= ANY", literal("{open,\"part (ial)\"}")));
  }

  @Test
  void aCastColumnIsToldFromAColumn() {
    assertThat(ConditionReader.read("((t.code)::text = 'x'::text)"))
        .isEqualTo(new Comparison(new Cast(new Column("t", "code"), "text"), "=", literal("x")));
    assertThat(ConditionReader.read("((t.code)::character varying(10) = 'x')"))
        .isInstanceOfSatisfying(
            Comparison.class,
            comparison ->
                assertThat(comparison.left())
                    .isInstanceOfSatisfying(
                        Cast.class,
                        cast -> assertThat(cast.type()).startsWith("character varying")));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "lower((t.name)::text);lower;lower((name)::text)",
        "(t.name + 1);-;name + 1",
        "pg_catalog.date_trunc('day'::text, t.name);date_trunc;pg_catalog.date_trunc('day'::text, name)",
        "(date_trunc('day'::text, t.name))::date;date_trunc;(date_trunc('day'::text, name))::date",
        "EXTRACT(year FROM t.name);extract;EXTRACT(year FROM name)",
        "(t.name AT TIME ZONE 'UTC'::text);timezone;name AT TIME ZONE 'UTC'::text",
        "(t.name - '2024-01-01'::timestamp with time zone);-;name - '2024-01-01'::timestamp with time zone",
        "TRIM(BOTH FROM t.name);trim;TRIM(BOTH FROM name)",
        "SUBSTRING(t.name FROM 1 FOR 3);substring;SUBSTRING(name FROM 1 FOR 3)",
        "\"substring\"(t.name, 1, 3);substring;\"substring\"(name, 1, 3)",
        "(lower(t.name) || upper(t.name));-;lower(name) || upper(name)"
      },
      delimiter = ';')
  void aColumnBehindAFunctionIsAnExpression(
      String printed, @Nullable String function, String text) {
    assertThat(ConditionReader.read("(" + printed + " = 'x'::text)"))
        .isEqualTo(
            new Comparison(
                new Expression(Set.of(new Column("t", "name")), function, text),
                "=",
                literal("x")));
  }

  @Test
  void aColumnMayBeNamedAsAKeyWordThatIsNotReserved() {
    assertThat(ConditionReader.read("((at)::date = '2024-03-03'::date)"))
        .isEqualTo(
            new Comparison(new Cast(new Column(null, "at"), "date"), "=", literal("2024-03-03")));
    assertThat(ConditionReader.read("((at AT TIME ZONE zone) > $1)").columns())
        .containsExactlyInAnyOrder(new Column(null, "at"), new Column(null, "zone"));
  }

  @Test
  void quotedNamesKeepTheirLetters() {
    assertThat(ConditionReader.read("(\"T\".\"Order \"\"Id\"\"\" = 1)"))
        .isEqualTo(new Comparison(new Column("T", "Order \"Id\""), "=", literal("1")));
  }

  @Test
  void joinConditionsNameBothRelations() {
    assertThat(ConditionReader.read("(a.id = l.account_id)"))
        .isEqualTo(new Comparison(new Column("a", "id"), "=", new Column("l", "account_id")));
  }

  @Test
  void nullTests() {
    assertThat(ConditionReader.read("(t.a IS NULL)"))
        .isEqualTo(new Condition.NullTest(new Column("t", "a"), true));
    assertThat(ConditionReader.read("(t.a IS NOT NULL)"))
        .isEqualTo(new Condition.NullTest(new Column("t", "a"), false));
  }

  @Test
  void aBooleanColumnAlone() {
    assertThat(ConditionReader.read("t.active"))
        .isEqualTo(new Condition.Other(new Column("t", "active")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(NOT t.active)",
        "(hashed SubPlan 1)",
        "(alternatives: SubPlan 1 or hashed SubPlan 2)",
        "(ROW(t.a, t.b) < ROW(1, 2))",
        "CASE WHEN (t.a = 1) AND (t.b = 2) THEN true ELSE false END",
        "((t.a = 1) AND",
        "",
        "()",
        "(((",
        "'unterminated",
        "(t.a IS DISTINCT FROM 3)"
      })
  void whatIsNotKnownNeverFailsAndIsNeverAnEquality(String printed) {
    assertThat(ConditionReader.read(printed).conjuncts())
        .noneMatch(
            part -> part instanceof Comparison comparison && comparison.operator().equals("="));
  }

  @Test
  void aSubplanIsNotKnownBeforeTheScan() {
    assertThat(ConditionReader.read("(t.a = (SubPlan 1))"))
        .isEqualTo(
            new Comparison(new Column("t", "a"), "=", new Expression(Set.of(), null, "SubPlan 1")));
  }

  @Test
  void typesAreNotColumns() {
    assertThat(ConditionReader.read("((t.at)::date = ('now'::text)::date)").columns())
        .containsExactly(new Column("t", "at"));
  }

  private static Constant literal(String value) {
    return new Constant(value, value);
  }

  @Test
  void whatNestsTooDeeplyIsKeptUnread() {
    int depth = 20_000;
    Condition condition =
        ConditionReader.read("(".repeat(depth) + "a = 1" + " AND b = 2)".repeat(depth));

    assertThat(condition.columns()).extracting(Column::name).containsExactlyInAnyOrder("a", "b");
    List<Condition> conjuncts = condition.conjuncts();
    assertThat(conjuncts.size()).isBetween(50, 200);
    assertThat(conjuncts.get(0)).isInstanceOf(Condition.Other.class);
    assertThat(conjuncts.get(conjuncts.size() - 1)).isEqualTo(ConditionReader.read("b = 2"));
    assertThat(ConditionReader.read("a" + "::int".repeat(depth)).columns()).hasSize(1);
  }

  @Test
  void anyNumberOfParenthesesAroundAConditionIsTakenOff() {
    int pairs = 200_000;
    Condition condition =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> ConditionReader.read("(".repeat(pairs) + "t.account_id = 1" + ")".repeat(pairs)));

    assertThat(condition).isEqualTo(ConditionReader.read("t.account_id = 1"));
    assertThat(ConditionReader.read("((a) = (b))")).isEqualTo(ConditionReader.read("a = b"));
  }
}
