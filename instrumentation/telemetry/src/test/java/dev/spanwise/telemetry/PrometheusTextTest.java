package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusTextTest {

  @Test
  void everySampleIsASeries() {
    assertThat(
            PrometheusText.series(
                """
                # HELP spanwise_read_duration_seconds How long named reads took.
                # TYPE spanwise_read_duration_seconds histogram
                spanwise_read_duration_seconds_bucket{spanwise_read_name="a \\"b\\", c=\\"d",le="+Inf"} 3
                spanwise_read_duration_seconds_sum{spanwise_read_name=""} 1.5E-4

                spanwise_freshness_age_seconds NaN
                """))
        .containsExactly(
            new ObservedSeries(
                "spanwise_read_duration_seconds_bucket",
                null,
                Map.of("spanwise_read_name", "a \\\"b\\\", c=\\\"d", "le", "+Inf")),
            new ObservedSeries(
                "spanwise_read_duration_seconds_sum", null, Map.of("spanwise_read_name", "")),
            new ObservedSeries("spanwise_freshness_age_seconds", null, Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{b=\"c\"}",
        "a{b=\"c} 1",
        "a{b=c} 1",
        "a{b=\"c\\d\"} 1",
        "a.b 1",
        "a one",
        "# UNIT a seconds"
      })
  void aLineOfNoSuchFormIsRefused(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrometheusText.series("a 1\n" + line))
        .withMessage("line 2 is no line of Prometheus' text format: " + line);
  }
}
