package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.report.Report.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 ms",
    "0.0004, 0.40 µs",
    "0.0999, 99.9 µs",
    "0.1, 0.10 ms",
    "9.994, 9.99 ms",
    "9.996, 10.0 ms",
    "999.4, 999 ms",
    "999.6, 1.00 s",
    "59949, 59.9 s",
    "59950, 1 min 0 s",
    "3599600, 1 h 0 min",
    "90061000, 25 h 1 min",
    "-12.5, -12.5 ms",
  })
  void writesDurationsInTheUnitThatFits(double ms, String text) {
    assertThat(Quantity.milliseconds(ms)).isEqualTo(text);
  }

  @Test
  void writesWhatWasNotMeasuredAsSuchAndNotAsZero() {
    assertThat(Quantity.milliseconds(null)).isEqualTo("–");
    assertThat(Quantity.milliseconds(Double.NaN)).isEqualTo("–");
    assertThat(Quantity.cost(Double.POSITIVE_INFINITY)).isEqualTo("–");
    assertThat(Quantity.bytes(null)).isEqualTo("–");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 1, 100× less",
    "1, 2.5, 2.50× more",
    "100, 99, about the same",
    "0, 1,",
    "1, 0,",
    "NaN, 1,",
  })
  void saysHowManyTimes(double before, double after, String text) {
    assertThat(Quantity.change(before, after)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1, {row}, 1 row",
    "1200000, {row}, '1,200,000 rows'",
    "2, {query}, 2 queries",
    "2, {batch}, 2 batches",
    "1536, By, 1.50 kB",
    "3, By, 3 B",
    "1500, ms, 1.50 s",
    "1.5, s, 1.50 s",
    "0.99951, 1, 0.9995",
    "12.5, %, 12.50 %",
    "99.99, {call}, 99.99 calls",
    "205.8, {call}, 206 calls",
  })
  void readsUcumUnits(double value, String unit, String text) {
    assertThat(Quantity.of(new Evidence("", value, unit, ""))).isEqualTo(text);
  }

  @Test
  void keepsATextThatIsTheValue() {
    assertThat(Quantity.of(new Evidence("", "none", "1", ""))).isEqualTo("none");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100 %",
    "0.999999, > 99.999 %",
    "0.99996, 99.996 %",
    "0.9999, 99.99 %",
    "0.8314, 83.14 %",
    "0.005, 0.50 %",
    "0.00001, < 0.01 %",
    "0, 0 %"
  })
  void neverRoundsAShareToAllOrNothing(double share, String text) {
    assertThat(Quantity.of(new Evidence("share thrown away", share, "1", ""))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"48.9, 3.4, 14.4×", "1, 2, 0.50×", "1, 0, –", "0, 1, –"})
  void saysHowManyTimesFaster(double before, double after, String text) {
    assertThat(Quantity.factor(before, after)).isEqualTo(text);
  }
}
