package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHeadsTest {

  private static final int LIMIT = 1_200;
  private static final String FIRST =
      "2026-11-22 08:00:00.003 UTC [42] ann@shop LOG:  duration: 1.250 ms  plan:";

  private final LinePrefix prefix = LinePrefix.of("%m [%p] %q%u@%d ");
  private final KnownHeads heads = new KnownHeads();

  private static Line line(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Line(1, bytes, 0, bytes.length, false);
  }

  private LinePrefix.@Nullable Head matched(String text) {
    return prefix.match(text);
  }

  private void add(String text) {
    heads.add(line(text), Objects.requireNonNull(matched(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FIRST,
        "2026-11-23 19:59:59.999 UTC [42] ann@shop LOG:  duration: 7.5 ms  statement: SELECT 'é'",
        "2026-11-22 08:00:00.004 UTC [42] ann@shop LOG:  a: b: c",
        "2026-11-22 08:00:00.004 UTC [42] ann@shop LOG:  "
      })
  void takesALineApartAsTheExpressionDoes(String text) {
    add(FIRST);

    assertThat(heads.of(line(text), LIMIT)).isNotNull().isEqualTo(matched(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22 08:00:00.003 UTC [43] ann@shop LOG:  duration: 1.250 ms",
        "2026-11-22 08:00:00.003 UTC [42] ann@shop STATEMENT:  SELECT 1",
        "2026-11-22 08:00:00.003 CET [42] ann@shop LOG:  duration: 1.250 ms",
        "2026-11-22 08:00:00.003 UTC [42] ann@shop LOG:  00000: duration: 1.250 ms",
        "2026-11-22 08:00:00.003 UTC",
        "2026-11-22 08:00",
        "LOG: ",
        ""
      })
  void leavesWhatBeginsInAnotherWayToTheExpression(String text) {
    add(FIRST);

    assertThat(heads.of(line(text), LIMIT)).isNull();
  }

  @Test
  void knowsTheHeadsOfSeveralBackendsAndParts() {
    String statement = "2026-11-22 08:00:00.003 UTC [43] bob@shop STATEMENT:  SELECT 1: 2";
    add(FIRST);
    add(statement);

    assertThat(heads.of(line(FIRST), LIMIT)).isEqualTo(matched(FIRST));
    assertThat(heads.of(line(statement), LIMIT)).isEqualTo(matched(statement));
  }

  @Test
  void forgetsTheOldestFormOfTime() {
    add(FIRST);
    add("2026-11-22 08:00:00 UTC [42] ann@shop LOG:  duration: 1.250 ms");

    assertThat(heads.of(line(FIRST), LIMIT)).isNull();
  }

  @Test
  void keepsNothingOfALineThatDoesNotBeginWithItsTime() {
    String text = "ann 2026-11-22 08:00:00 UTC [42] LOG:  duration: 1.250 ms";
    LinePrefix other = LinePrefix.of("%u %t [%p] ");
    heads.add(line(text), Objects.requireNonNull(other.match(text)));

    assertThat(heads.of(line(text), LIMIT)).isNull();
  }
}
