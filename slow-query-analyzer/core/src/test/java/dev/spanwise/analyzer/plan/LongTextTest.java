package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long value or line takes time by its length, and no stack. */
class LongTextTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String NUMBERS = "  (cost=0.00..1.00 rows=1 width=4)";
  private static final String LONG_WORD = "x".repeat(200_000);
  private static final String SPACES = " ".repeat(1_000_000);

  @Test
  void aParametersValueIsRead() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            {"Query Parameters": "$1 = '%1$s''%1$s', $2 = NULL, $3 = ''", "Plan": {"Node Type": "Result"}}
            """
                .formatted(LONG_WORD));

    assertThat(plan.parameters()).containsExactly(LONG_WORD + "'" + LONG_WORD, null, "");
  }

  @Test
  void aNameIsRead() throws PlanFormatException {
    Plan plan = PlanReader.read("Seq Scan on \"" + LONG_WORD + "\"\"\" o" + NUMBERS);

    assertThat(plan.root().target().relation()).isEqualTo(LONG_WORD + "\"");
    assertThat(plan.root().target().alias()).isEqualTo("o");
  }

  @Test
  void countersAreReadBesideManyWords() {
    Plan plan =
        assertTimeoutPreemptively(
            LONG,
            () ->
                PlanReader.read(
                    "Result"
                        + NUMBERS
                        + "\n  Buffers: shared hit=4 "
                        + "a ".repeat(200_000)
                        + "1 read=3"));

    Buffers buffers = Objects.requireNonNull(plan.root().buffers());
    assertThat(buffers.sharedHit()).isEqualTo(4);
    assertThat(buffers.sharedRead()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Result%2$s\n  Filter: (a = 'x%1$sy'::text)",
        "x%1$sy%2$s\n",
        "Result%1$s(%1$scost=%2$s",
        "%1$s|%1$sx\n",
        "| QUERY PLAN |\n| Result%2$s |\n|   Filter: (a = 'x%1$sy'::text) |"
      })
  void whiteSpaceIsPassedOver(String form) {
    String printed = form.formatted(SPACES, NUMBERS);

    assertTimeoutPreemptively(LONG, () -> readOrRefused(printed));
  }

  @Test
  void aLineOfDashesIsNoRuleForItsLength() {
    String printed = "-".repeat(100_000) + "x";

    assertTimeoutPreemptively(
        LONG,
        () ->
            assertThatThrownBy(() -> PlanReader.read(printed))
                .isInstanceOf(PlanFormatException.class));
  }

  @Test
  void aNodesNumbersAreFoldedIntoFourLinesAtMost() throws PlanFormatException {
    String four = "Result\n(cost=0.00..1.00 rows=1\nwidth=4)\n(actual rows=1\nloops=1)";
    String many = "Result" + "\n(actual x".repeat(400_000);

    assertThat(PlanReader.read(four).root().actual()).isNotNull();
    assertTimeoutPreemptively(
        LONG,
        () ->
            assertThatThrownBy(() -> PlanReader.read(many))
                .isInstanceOf(PlanFormatException.class));
  }

  private static void readOrRefused(String printed) {
    try {
      assertThat(PlanReader.readAll(printed)).isNotEmpty();
    } catch (PlanFormatException refused) {
      assertThat(refused.place()).startsWith("line ");
    }
  }
}
