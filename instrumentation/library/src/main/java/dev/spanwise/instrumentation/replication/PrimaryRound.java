package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.TelemetryFailures;
import java.sql.SQLException;
import java.util.List;

/** Writes a heartbeat and reads the primary. Belongs to one thread. */
final class PrimaryRound {
  private final Primary primary;
  private final PrimaryAnswers answers;
  private final ReplicationGauges gauges;
  private final TelemetryFailures failures;

  PrimaryRound(
      Primary primary,
      PrimaryAnswers answers,
      ReplicationGauges gauges,
      TelemetryFailures failures) {
    this.primary = primary;
    this.answers = answers;
    this.gauges = gauges;
    this.failures = failures;
  }

  void run() {
    try {
      primary.writeHeartbeat();
    } catch (NoConnectionException e) {
      // To ask for another one would cost a pool's patience a second time.
      failures.report(Loss.HEARTBEAT, e);
      fail(e);
      return;
    } catch (SQLException | RuntimeException e) {
      failures.report(Loss.HEARTBEAT, e);
    }
    try {
      Primary.State state = primary.read();
      answers.answered(state);
      gauges.showSlots(state.slots());
    } catch (SQLException | RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Exception reason) {
    answers.failed();
    gauges.showSlots(List.of());
    failures.report(Loss.PRIMARY, reason);
  }
}
