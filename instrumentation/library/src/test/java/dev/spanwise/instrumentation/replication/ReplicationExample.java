package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import javax.sql.DataSource;

/** The README's example. */
final class ReplicationExample {
  private ReplicationExample() {}

  static ReplicationMonitor start(Telemetry telemetry, DataSource primary, DataSource replica) {
    // README
    ReplicationMonitor monitor =
        ReplicationMonitor.builder(telemetry, primary).replica("east", replica).start();
    // README
    return monitor;
  }
}
