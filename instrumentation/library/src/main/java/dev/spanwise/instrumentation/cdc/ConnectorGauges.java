package dev.spanwise.instrumentation.cdc;

import dev.spanwise.instrumentation.telemetry.Gauge;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.io.IOException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import org.jspecify.annotations.Nullable;

/** The gauges of one connector. */
final class ConnectorGauges {
  private static final double MILLISECONDS_PER_SECOND = 1e3;

  private final String connector;
  private final MetricFamily<Gauge> behindSource;
  private final MetricFamily<Gauge> queueRemaining;
  private final MetricFamily<Gauge> queueCapacity;
  private final MetricFamily<Gauge> connected;
  private boolean closed;

  ConnectorGauges(Telemetry telemetry, String connector) {
    this.connector = connector;
    behindSource = telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_BEHIND_SOURCE);
    queueRemaining = telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_QUEUE_REMAINING);
    queueCapacity = telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_QUEUE_CAPACITY);
    connected = telemetry.gauge(SpanwiseMetrics.SPANWISE_CDC_CONNECTED);
  }

  /** Reads the bean and shows what it says; where it cannot be read, that nothing is known. */
  void show(MBeanServerConnection beans) throws IOException, JMException {
    try {
      show(ConnectorBean.read(beans, connector));
    } catch (InstanceNotFoundException e) {
      // It went away between the search and the reading.
      show((ConnectorBean) null);
    } catch (IOException | JMException | RuntimeException e) {
      forget();
      throw e;
    }
  }

  private synchronized void show(@Nullable ConnectorBean bean) {
    if (closed) {
      return;
    }
    if (bean == null) {
      forget();
      connected.with(connector).set(0);
      return;
    }
    Long behind = bean.millisecondsBehindSource();
    set(behindSource, behind == null ? null : behind / MILLISECONDS_PER_SECOND);
    set(queueRemaining, bean.queueRemaining());
    set(queueCapacity, bean.queueCapacity());
    set(connected, bean.connected() ? 1 : 0);
  }

  private void set(MetricFamily<Gauge> gauge, @Nullable Number value) {
    if (value == null) {
      gauge.remove(connector);
    } else {
      gauge.with(connector).set(value.doubleValue());
    }
  }

  /** Shows that nothing is known. */
  synchronized void forget() {
    behindSource.remove(connector);
    queueRemaining.remove(connector);
    queueCapacity.remove(connector);
    connected.remove(connector);
  }

  synchronized void close() {
    closed = true;
    forget();
  }
}
