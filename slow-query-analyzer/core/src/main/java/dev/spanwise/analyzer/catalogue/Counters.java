package dev.spanwise.analyzer.catalogue;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Since when and where the counters of a catalogue count. See <a
 * href="https://www.postgresql.org/docs/current/monitoring-stats.html">The Cumulative Statistics
 * System</a>.
 *
 * @param readAt the server's clock when they were read
 * @param since when they were last reset or lost, such as by a crash; null where the server does
 *     not say
 * @param standby whether they are those of a standby
 * @param standbys standbys that stream from this server: what they scan is counted there
 */
public record Counters(Instant readAt, @Nullable Instant since, boolean standby, int standbys) {

  /** How long they have counted; null where that is not known. */
  public @Nullable Duration age() {
    return since == null ? null : Duration.between(since, readAt);
  }
}
