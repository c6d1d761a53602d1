package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.Gauge;
import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is shown; null and what is left out show no value. Safe for use by several threads. */
final class ReplicationGauges {
  private final MetricFamily<Gauge> heartbeatAge;
  private final MetricFamily<Gauge> replayDistance;
  private final MetricFamily<Gauge> slotRetained;
  private final MetricFamily<Gauge> slotActive;
  private final Set<String> replicas = new HashSet<>();
  private final Set<String> slots = new HashSet<>();
  private boolean closed;

  ReplicationGauges(Telemetry telemetry) {
    heartbeatAge = telemetry.gauge(SpanwiseMetrics.SPANWISE_REPLICATION_HEARTBEAT_AGE);
    replayDistance = telemetry.gauge(SpanwiseMetrics.SPANWISE_REPLICATION_REPLAY_DISTANCE);
    slotRetained = telemetry.gauge(SpanwiseMetrics.SPANWISE_REPLICATION_SLOT_RETAINED);
    slotActive = telemetry.gauge(SpanwiseMetrics.SPANWISE_REPLICATION_SLOT_ACTIVE);
  }

  synchronized void showReplica(
      String replica, @Nullable Double ageSeconds, @Nullable Long distanceBytes) {
    if (!closed) {
      replicas.add(replica);
      set(heartbeatAge, replica, ageSeconds);
      set(replayDistance, replica, distanceBytes);
    }
  }

  synchronized void showSlots(List<Slot> found) {
    if (closed) {
      return;
    }
    Set<String> gone = new HashSet<>(slots);
    for (Slot slot : found) {
      gone.remove(slot.name());
      slots.add(slot.name());
      set(slotRetained, slot.name(), slot.retainedBytes());
      set(slotActive, slot.name(), slot.active() ? 1 : 0);
    }
    for (String slot : gone) {
      slots.remove(slot);
      slotRetained.remove(slot);
      slotActive.remove(slot);
    }
  }

  /** Shows nothing of the replica until it answers again. */
  synchronized void forgetReplica(String replica) {
    heartbeatAge.remove(replica);
    replayDistance.remove(replica);
  }

  synchronized void close() {
    showSlots(List.of());
    replicas.forEach(this::forgetReplica);
    closed = true;
  }

  private static void set(MetricFamily<Gauge> gauge, String name, @Nullable Number value) {
    if (value == null) {
      gauge.remove(name);
    } else {
      gauge.with(name).set(value.doubleValue());
    }
  }
}
