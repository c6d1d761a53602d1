package dev.spanwise.instrumentation.cdc;

import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.MBeanServerConnection;

/**
 * Shows what a connector says of itself in its <a
 * href="https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-streaming-metrics">streaming
 * metrics</a>, read at an interval: {@code spanwise.cdc.behind_source}, {@code
 * spanwise.cdc.queue.remaining} and {@code .capacity}, {@code spanwise.cdc.connected}. What it does
 * not know (−1) has no value. While there is no such connector in the JVM, before it starts and
 * after it ended, {@code connected} is 0 and the others have no value.
 *
 * <p>Debezium's behind-source is the lag of the last event: it stands still while nothing is
 * written, and while the connector has lost its source.
 *
 * <p>Safe for use by several threads.
 */
public final class ConnectorMonitor implements AutoCloseable {
  private final ConnectorGauges gauges;
  private final PeriodicTask task;

  private ConnectorMonitor(ConnectorGauges gauges, PeriodicTask task) {
    this.gauges = gauges;
    this.task = task;
  }

  /**
   * Reads a connector of this JVM.
   *
   * @param connector its {@code topic.prefix}, which is the {@code server} of its beans' names;
   *     also its name on the metrics
   */
  public static ConnectorMonitor start(Telemetry telemetry, String connector, Duration interval) {
    return start(telemetry, connector, interval, ManagementFactory.getPlatformMBeanServer());
  }

  /** Reads a connector of the JVM behind the connection, such as a Kafka Connect worker. */
  public static ConnectorMonitor start(
      Telemetry telemetry, String connector, Duration interval, MBeanServerConnection beans) {
    ConnectorGauges gauges = new ConnectorGauges(telemetry, connector);
    return new ConnectorMonitor(
        gauges,
        PeriodicTask.start(
            "spanwise-cdc-" + connector, interval, telemetry.failures(), () -> gauges.show(beans)));
  }

  /** Ends the reading; the gauges then show nothing. */
  @Override
  public void close() {
    task.close();
    gauges.close();
  }
}
