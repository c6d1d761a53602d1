package dev.spanwise.analyzer.link;

import java.util.List;
import java.util.Locale;

/** What was found out of one log's clock, to be told in words. For one thread. */
final class ClocksFound {

  private static final double NANOS_PER_SECOND = 1e9;

  private long leastAhead = Long.MAX_VALUE;
  private long mostAhead = Long.MIN_VALUE;
  private boolean corrected;
  private boolean unknown;

  void add(ServerClock clock) {
    unknown |= !clock.settled();
    if (clock.settled()) {
      corrected |= clock.aheadNanos() != 0;
      leastAhead = Math.min(leastAhead, clock.aheadNanos());
      mostAhead = Math.max(mostAhead, clock.aheadNanos());
    }
  }

  /** Adds what is worth saying to the notes. */
  void note(String source, List<String> notes) {
    if (corrected) {
      notes.add(
          source
              + ": the server's clock is "
              + ahead()
              + " the spans' clock; its times were corrected to link executions");
    }
    if (unknown) {
      notes.add(
          source
              + ": the server's clock does not seem to agree with the spans' clock, and the calls do not show by how much it differs: links by time are not sure");
    }
  }

  private String ahead() {
    String least = seconds(leastAhead);
    String most = seconds(mostAhead);
    if (leastAhead < 0 && mostAhead > 0) {
      return least + " behind to " + most + " ahead of";
    }
    String range =
        least.equals(most) ? least : leastAhead < 0 ? most + " to " + least : least + " to " + most;
    return range + (mostAhead > 0 ? " ahead of" : " behind");
  }

  private static String seconds(long nanos) {
    double seconds = Math.abs(nanos) / NANOS_PER_SECOND;
    return String.format(Locale.ROOT, seconds < 0.1 ? "%.3f s" : "%.1f s", seconds);
  }
}
