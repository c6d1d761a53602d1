package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Counter;
import dev.spanwise.instrumentation.telemetry.Gauge;
import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;

/** The metrics that consumers have. */
record ConsumerMetrics(
    MetricFamily<Histogram> messageAge,
    MetricFamily<Histogram> processDuration,
    MetricFamily<Gauge> pending,
    MetricFamily<Gauge> ackPending,
    MetricFamily<Counter> redeliveries) {

  static ConsumerMetrics of(Telemetry telemetry) {
    return new ConsumerMetrics(
        telemetry.histogram(SpanwiseMetrics.SPANWISE_JETSTREAM_MESSAGE_AGE),
        telemetry.histogram(
            SpanwiseMetrics.SPANWISE_JETSTREAM_PROCESS_DURATION,
            (MetricFamily.MAX_SERIES + 1) * Settlement.values().length),
        telemetry.gauge(SpanwiseMetrics.SPANWISE_JETSTREAM_CONSUMER_PENDING),
        telemetry.gauge(SpanwiseMetrics.SPANWISE_JETSTREAM_CONSUMER_ACK_PENDING),
        telemetry.counter(SpanwiseMetrics.SPANWISE_JETSTREAM_REDELIVERIES));
  }
}
