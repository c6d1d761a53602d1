package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import org.junit.jupiter.api.Test;

class ParametersTest {

  @Test
  void areNotLookedForInQuotesOfAnyLength() throws PlanFormatException {
    Parameters parameters = new Parameters(PlanReader.read("Result"));
    String text = "$1 ".repeat(100_000);

    assertThat(parameters.in("(a = '" + text + "'''::text)")).isFalse();
    assertThat(parameters.in("(\"" + text + "\" = '$1')")).isFalse();
    assertThat(parameters.in("(a = ('" + text + "' || $1))")).isTrue();
  }
}
