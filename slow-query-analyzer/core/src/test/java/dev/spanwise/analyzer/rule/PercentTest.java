package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {

  @ParameterizedTest
  @CsvSource({
    "1, 100 %",
    "0.999999, > 99.999 %",
    "0.99996, 99.996 %",
    "0.9999, 99.99 %",
    "0.99, 99 %",
    "0.8314, 83.14 %",
    "0.005, 0.50 %",
    "0.00001, < 0.01 %",
    "0, 0 %"
  })
  void neverRoundsAShareToAllOrNothing(double share, String text) {
    assertThat(Percent.of(share)).isEqualTo(text);
  }
}
