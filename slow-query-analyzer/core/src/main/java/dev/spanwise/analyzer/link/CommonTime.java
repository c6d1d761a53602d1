package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells whether what logs tell of went on while PostgreSQL's spans did. For one thread. */
final class CommonTime {

  private long firstSpan = Long.MAX_VALUE;
  private long lastSpan = Long.MIN_VALUE;
  private long firstEntry = Long.MAX_VALUE;
  private long lastEntry = Long.MIN_VALUE;

  CommonTime(List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      Span span = candidate.span();
      DatabaseCall call = span.call();
      if (call != null && call.system() == DatabaseSystem.POSTGRESQL) {
        firstSpan = Math.min(firstSpan, span.startNanos());
        lastSpan = Math.max(lastSpan, span.endNanos());
      }
    }
  }

  void add(ServerEvent event) {
    firstEntry = Math.min(firstEntry, event.loggedNanos() - event.durationNanos());
    lastEntry = Math.max(lastEntry, event.loggedNanos());
  }

  /** The two times, in words; null where they meet, or where either has nothing in it. */
  @Nullable String apart() {
    boolean both = firstSpan <= lastSpan && firstEntry <= lastEntry;
    // Clocks that differ by less are found out.
    boolean meet =
        firstEntry - ClockEstimate.MOST_NANOS <= lastSpan
            && firstSpan - ClockEstimate.MOST_NANOS <= lastEntry;
    return !both || meet
        ? null
        : "the statements in the server's log are of %s to %s, the slow spans of %s to %s: none of these can be linked; check that the log is of the spans' time (rotation), and its time zone (log_timezone)"
            .formatted(utc(firstEntry), utc(lastEntry), utc(firstSpan), utc(lastSpan));
  }

  private static Instant utc(long nanos) {
    return Instant.EPOCH.plusNanos(nanos).truncatedTo(ChronoUnit.SECONDS);
  }
}
