package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusNamesTest {

  @ParameterizedTest
  @CsvSource({
    "spanwise.read.duration, HISTOGRAM, s, spanwise_read_duration_seconds",
    "spanwise.slot.retained, GAUGE, By, spanwise_slot_retained_bytes",
    "spanwise.jetstream.consumer.ack_pending, GAUGE, {message},"
        + " spanwise_jetstream_consumer_ack_pending",
    "spanwise.cdc.connected, GAUGE, 1, spanwise_cdc_connected",
    "spanwise.jetstream.redeliveries, COUNTER, {message}, spanwise_jetstream_redeliveries_total",
    "spanwise.busy, COUNTER, s, spanwise_busy_seconds_total",
    "spanwise.uptime.seconds, GAUGE, s, spanwise_uptime_seconds",
    "spanwise.finding, INFO, 1, spanwise_finding_info"
  })
  void aNameGetsItsUnitAndItsKind(String name, MetricKind kind, String unit, String expected) {
    assertThat(PrometheusNames.exposed(metric(name, kind, unit))).startsWith(expected);
  }

  @Test
  void aHistogramHasItsPartsToo() {
    assertThat(PrometheusNames.exposed(metric("spanwise.lag", MetricKind.HISTOGRAM, "s")))
        .containsExactly(
            "spanwise_lag_seconds",
            "spanwise_lag_seconds_bucket",
            "spanwise_lag_seconds_sum",
            "spanwise_lag_seconds_count");
  }

  @Test
  void theContractKnowsTheLabelsOfEachName() throws IOException {
    TelemetryContract contract = PlantedContract.read();
    assertThat(contract.prometheusNames())
        .containsExactly(
            "spanwise_read_duration_seconds",
            "spanwise_read_duration_seconds_bucket",
            "spanwise_read_duration_seconds_count",
            "spanwise_read_duration_seconds_sum",
            "spanwise_read_failures_total",
            "spanwise_report_state_info");
    assertThat(contract.labels("spanwise_read_duration_seconds_bucket"))
        .containsExactly("le", "spanwise_read_name", "spanwise_read_outcome");
    assertThat(contract.labels("spanwise_read_duration_seconds_count"))
        .containsExactly("spanwise_read_name", "spanwise_read_outcome");
    assertThatThrownBy(() -> contract.labels("spanwise_read_failures"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spanwise_read_failures");
  }

  @Test
  void aLabelMayHaveANameOfItsOwn() {
    assertThat(TelemetryContract.ofThisVersion().labels("spanwise_finding_info"))
        .containsExactly("finding", "operation", "relation", "rule", "service", "severity");
  }

  private static DeclaredMetric metric(String name, MetricKind kind, String unit) {
    return new DeclaredMetric(
        name, kind, unit, List.of(), List.of(), Stability.STABLE, "Brief.", List.of());
  }
}
