package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.TelemetryFailures;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads one replica as soon as the primary has been read, or without the primary where that takes
 * too long. Belongs to one thread.
 */
final class ReplicaRound {
  private final Replica replica;
  private final PrimaryAnswers primary;
  private final Duration patience;
  private final ReplicationGauges gauges;
  private final TelemetryFailures failures;
  private long seen;

  /**
   * @param patience with the primary
   */
  ReplicaRound(
      Replica replica,
      PrimaryAnswers primary,
      Duration patience,
      ReplicationGauges gauges,
      TelemetryFailures failures) {
    this.replica = replica;
    this.primary = primary;
    this.patience = patience;
    this.gauges = gauges;
    this.failures = failures;
  }

  void run() throws InterruptedException {
    PrimaryAnswers.Answer answer = primary.awaitAfter(seen, patience);
    seen = answer.round();
    try {
      Replica.State state = replica.read();
      gauges.showReplica(replica.name(), age(state), distance(state, answer.writtenBytes()));
    } catch (SQLException | RuntimeException e) {
      gauges.forgetReplica(replica.name());
      failures.report(Loss.REPLICA, replica.name(), e);
    }
  }

  private @Nullable Double age(Replica.State state) {
    if (state.heartbeatSeconds() == null) {
      return null;
    }
    Double now = primary.now();
    return Math.max(0, (now == null ? state.seconds() : now) - state.heartbeatSeconds());
  }

  /** The primary was read first: what the replica has replayed since would come out below 0. */
  private static @Nullable Long distance(Replica.State state, @Nullable Long writtenBytes) {
    if (state.replayedBytes() == null || writtenBytes == null) {
      return null;
    }
    return Math.max(0, writtenBytes - state.replayedBytes());
  }
}
