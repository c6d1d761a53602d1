package dev.spanwise.analyzer.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.condition.Condition.Comparison;
import dev.spanwise.analyzer.condition.Operand.Cast;
import dev.spanwise.analyzer.condition.Operand.Column;
import dev.spanwise.analyzer.condition.Operand.Constant;
import dev.spanwise.analyzer.condition.Operand.Expression;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        "(t.account_id = ((40 + 2))::bigint)",
        "(t.account_id = (InitPlan 1).col1)",
        "(t.account_id = (current_setting('app.account'::text))::integer)",
        "t.account_id = 42"
      })
  void aColumnComparedWithWhatIsKnownBeforeTheScan(String printed) {
    assertThat(ConditionReader.read(printed))
        .isEqualTo(new Comparison(ACCOUNT, "=", new Constant()));
  }

  @Test
  void conjunctsAreTakenApartHoweverNested() {
    Condition condition =
        ConditionReader.read(
            "((t.account_id = 42) AND ((t.at >= '2024-01-01 00:00:00+00'::timestamp with time zone) AND (t.name ~~ 'it''s (a) AND b%'::text)))");
    assertThat(condition.conjuncts())
        .containsExactly(
            new Comparison(ACCOUNT, "=", new Constant()),
            new Comparison(new Column("t", "at"), ">=", new Constant()),
            new Comparison(new Column("t", "name"), "~~", new Constant()));
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
        .isEqualTo(new Comparison(new Column("t", "status"), "= ANY", new Constant()));
  }

  @Test
  void aCastColumnIsToldFromAColumn() {
    assertThat(ConditionReader.read("((t.code)::text = 'x'::text)"))
        .isEqualTo(new Comparison(new Cast(new Column("t", "code"), "text"), "=", new Constant()));
    assertThat(ConditionReader.read("((t.code)::character varying(10) = 'x')"))
        .isInstanceOfSatisfying(
            Comparison.class,
            comparison ->
                assertThat(comparison.left())
                    .isInstanceOfSatisfying(
                        Cast.class,
                        cast -> assertThat(cast.type()).startsWith("character varying")));
  }

  @Test
  void aColumnBehindAFunctionIsAnExpression() {
    assertThat(ConditionReader.read("(lower(t.name) = 'x'::text)"))
        .isEqualTo(
            new Comparison(new Expression(Set.of(new Column("t", "name"))), "=", new Constant()));
    assertThat(ConditionReader.read("((t.a + 1) = 5)"))
        .isEqualTo(
            new Comparison(new Expression(Set.of(new Column("t", "a"))), "=", new Constant()));
  }

  @Test
  void quotedNamesKeepTheirLetters() {
    assertThat(ConditionReader.read("(\"T\".\"Order \"\"Id\"\"\" = 1)"))
        .isEqualTo(new Comparison(new Column("T", "Order \"Id\""), "=", new Constant()));
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
        .isEqualTo(new Comparison(new Column("t", "a"), "=", new Expression(Set.of())));
  }

  @Test
  void typesAreNotColumns() {
    assertThat(ConditionReader.read("((t.at)::date = ('now'::text)::date)").columns())
        .containsExactly(new Column("t", "at"));
  }
}
