package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.TelemetryFailures;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One heartbeat after the other: writes it, reads the primary, then every replica. Whatever fails
 * shows no value and does not keep the others from being read. Belongs to one thread.
 */
final class Round {
  private final Primary primary;
  private final List<Replica> replicas;
  private final ReplicationGauges gauges;
  private final TelemetryFailures failures;
  private final PrimaryClock clock = new PrimaryClock(System::nanoTime);

  Round(
      Primary primary,
      List<Replica> replicas,
      ReplicationGauges gauges,
      TelemetryFailures failures) {
    this.primary = primary;
    this.replicas = List.copyOf(replicas);
    this.gauges = gauges;
    this.failures = failures;
  }

  void run() {
    try {
      primary.writeHeartbeat();
    } catch (SQLException | RuntimeException e) {
      failures.report("a heartbeat on the primary", e);
    }
    Primary.State state = readPrimary();
    for (Replica replica : replicas) {
      readReplica(replica, state);
    }
  }

  private Primary.@Nullable State readPrimary() {
    try {
      Primary.State state = primary.read();
      clock.read(state.seconds());
      gauges.showSlots(state.slots());
      return state;
    } catch (SQLException | RuntimeException e) {
      failures.report("the slots and the position of the primary", e);
      gauges.showSlots(List.of());
      return null;
    }
  }

  private void readReplica(Replica replica, Primary.@Nullable State primaryState) {
    try {
      Replica.State state = replica.read();
      gauges.showReplica(replica.name(), age(state), distance(state, primaryState));
    } catch (SQLException | RuntimeException e) {
      failures.report("the heartbeat on the replica " + replica.name(), e);
      gauges.showReplica(replica.name(), null, null);
    }
  }

  private @Nullable Double age(Replica.State state) {
    if (state.heartbeatSeconds() == null) {
      return null;
    }
    Double now = clock.now();
    return Math.max(0, (now == null ? state.seconds() : now) - state.heartbeatSeconds());
  }

  /** The primary was read first: what the replica has replayed since would come out below 0. */
  private static @Nullable Long distance(
      Replica.State state, Primary.@Nullable State primaryState) {
    if (state.replayedBytes() == null || primaryState == null) {
      return null;
    }
    return Math.max(0, primaryState.writtenBytes() - state.replayedBytes());
  }
}
