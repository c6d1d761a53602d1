package dev.spanwise.instrumentation.cdc;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.WatchedTasks;
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
 * <p>Where a reading does not end, as when a remote JVM hangs, nothing has a value after three
 * intervals.
 *
 * <p>Debezium's behind-source is the lag of the last event: it stands still while nothing is
 * written, and while the connector has lost its source.
 *
 * <p>Safe for use by several threads.
 */
public final class ConnectorMonitor implements AutoCloseable {
  private static final int INTERVALS_OF_PATIENCE = 3;

  private final ConnectorGauges gauges;
  private final WatchedTasks reading;

  private ConnectorMonitor(
      Telemetry telemetry, String connector, Duration interval, MBeanServerConnection beans) {
    gauges = new ConnectorGauges(telemetry, connector);
    reading =
        WatchedTasks.start(
            "spanwise-cdc-watch-" + connector,
            interval,
            interval.multipliedBy(INTERVALS_OF_PATIENCE),
            telemetry.failures());
    reading.add("spanwise-cdc-" + connector, interval, () -> gauges.show(beans), gauges::forget);
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
    return new ConnectorMonitor(telemetry, connector, interval, beans);
  }

  /** Ends the reading; the gauges then show nothing. */
  @Override
  public void close() {
    reading.close();
    gauges.close();
  }
}
