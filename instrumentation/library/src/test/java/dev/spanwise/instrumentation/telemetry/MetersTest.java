package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class MetersTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Telemetry micrometer = Telemetry.of(OpenTelemetry.noop(), registry);

  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final Telemetry otel =
      Telemetry.of(
          OpenTelemetrySdk.builder()
              .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build())
              .build());

  @Test
  void micrometerShowsAHistogramUnderItsPrometheusNameAndInItsBuckets() {
    micrometer
        .histogram(SpanwiseMetrics.SPANWISE_READ_DURATION)
        .with("watchlist", "success", "hit")
        .record(0.02);

    assertThat(registry.scrape())
        .contains(
            "spanwise_read_duration_seconds_bucket{spanwise_read_cache=\"hit\",spanwise_read_name=\"watchlist\",spanwise_read_outcome=\"success\",le=\"0.05\"}"
                + " 1")
        .contains("le=\"0.01\"} 0")
        .contains("spanwise_read_duration_seconds_sum");
  }

  @Test
  void micrometerForgetsARemovedGauge() {
    MetricFamily<Gauge> family =
        micrometer.gauge(SpanwiseMetrics.SPANWISE_REPLICATION_REPLAY_DISTANCE);
    family.with("east").set(512);
    assertThat(registry.scrape())
        .contains(
            "spanwise_replication_replay_distance_bytes{spanwise_replication_replica=\"east\"}"
                + " 512");

    family.remove("east");
    assertThat(registry.scrape()).doesNotContain("east");

    family.with("east").set(7);
    assertThat(registry.scrape()).contains("replica=\"east\"} 7");
  }

  @Test
  void aGaugeThatIsHeldStaysUntilItsLastHolderReleasesIt() {
    MetricFamily<Gauge> family = micrometer.gauge(SpanwiseMetrics.SPANWISE_CDC_CONNECTED);
    Gauge first = family.hold("ledger");
    Gauge second = family.hold("ledger");
    family.release(first);
    second.set(1);
    assertThat(registry.scrape()).contains("spanwise_cdc_connector=\"ledger\"} 1");

    family.release(second);
    assertThat(registry.scrape()).doesNotContain("ledger");

    family.hold("ledger").set(0);
    assertThat(registry.scrape()).contains("spanwise_cdc_connector=\"ledger\"} 0");
  }

  @Test
  void openTelemetryRecordsUnitBucketsAndLabels() {
    otel.histogram(SpanwiseMetrics.SPANWISE_CDC_LAG).with("ledger").record(0.3);
    otel.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MISSED).with("prices").add(3);

    assertThat(reader.collectAllMetrics())
        .extracting(MetricData::getName, MetricData::getUnit)
        .contains(
            org.assertj.core.groups.Tuple.tuple("spanwise.cdc.lag", "s"),
            org.assertj.core.groups.Tuple.tuple("spanwise.invalidation.missed", "{version}"));
    assertThat(reader.collectAllMetrics())
        .filteredOn(metric -> metric.getName().equals("spanwise.cdc.lag"))
        .flatExtracting(metric -> metric.getHistogramData().getPoints())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.getBoundaries())
                  .isEqualTo(SpanwiseMetrics.SPANWISE_CDC_LAG.buckets());
              assertThat(point.getAttributes().get(SpanwiseAttributes.SPANWISE_CDC_CONNECTOR))
                  .isEqualTo("ledger");
            });
  }

  @Test
  void openTelemetryForgetsARemovedGauge() {
    MetricFamily<Gauge> family = otel.gauge(SpanwiseMetrics.SPANWISE_REPLICATION_SLOT_RETAINED);
    family.with("cdc").set(10);
    assertThat(reader.collectAllMetrics()).hasSize(1);

    family.remove("cdc");

    assertThat(reader.collectAllMetrics()).isEmpty();
  }

  @Test
  void labelValuesPastTheBoundShareOneSeries() {
    MetricFamily<Counter> family = micrometer.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MISSED);

    for (int i = 0; i < MetricFamily.MAX_SERIES + 50; i++) {
      family.with("channel-" + i).add(1);
    }

    assertThat(registry.find("spanwise.invalidation.missed").counters())
        .hasSize(MetricFamily.MAX_SERIES + 1);
    assertThat(
            registry
                .get("spanwise.invalidation.missed")
                .tag("messaging.destination.name", MetricFamily.OTHER)
                .counter()
                .count())
        .isEqualTo(50);
  }

  @Test
  void aMetricHasOneFamilySoThatTheGaugesOfTwoUsersAreOneSeries() {
    for (Telemetry telemetry : List.of(micrometer, otel)) {
      Gauge first = telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_CONNECTED).with("ledger");
      first.set(1);
      telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_CONNECTED).with("ledger").set(0);
      assertThat(telemetry.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MISSED))
          .isSameAs(telemetry.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MISSED));
      assertThat(telemetry.histogram(SpanwiseMetrics.SPANWISE_CDC_LAG))
          .isSameAs(telemetry.histogram(SpanwiseMetrics.SPANWISE_CDC_LAG));
    }

    assertThat(registry.scrape()).contains("spanwise_cdc_connector=\"ledger\"} 0");
    assertThat(reader.collectAllMetrics())
        .flatExtracting(metric -> metric.getDoubleGaugeData().getPoints())
        .singleElement()
        .satisfies(point -> assertThat(point.getValue()).isZero());
  }

  @Test
  void theLargestBoundThatAHistogramIsAskedForWithCounts() {
    MetricFamily<Histogram> family = micrometer.histogram(SpanwiseMetrics.SPANWISE_CDC_LAG, 1_002);
    micrometer.histogram(SpanwiseMetrics.SPANWISE_CDC_LAG);

    for (int i = 0; i < 1_002; i++) {
      family.with("connector-" + i).record(1);
    }

    assertThat(registry.find("spanwise.cdc.lag").timers())
        .hasSize(1_002)
        .noneMatch(
            timer -> MetricFamily.OTHER.equals(timer.getId().getTag("spanwise.cdc.connector")));
  }

  @Test
  void aWrongNumberOfLabelsIsTheProgrammersError() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> micrometer.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MISSED).with("a", "b"))
        .withMessageContaining("spanwise.invalidation.missed")
        .withMessageContaining("messaging.destination.name");
  }

  @ParameterizedTest
  @EachMeterFault
  void metersThatThrowBreakNothing(TelemetryFault fault) throws Exception {
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault)) {
      Telemetry telemetry = faulty.telemetry();
      for (int i = 0; i < 2; i++) {
        telemetry.counter(SpanwiseMetrics.SPANWISE_INVALIDATION_MISSED).with("a").add(1);
        telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_CONNECTED).with("a").set(1);
        telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_CONNECTED).remove("a");
        telemetry.histogram(SpanwiseMetrics.SPANWISE_CDC_LAG).with("a").record(1);
      }
      faulty.assertMet();
    }
  }
}
