package dev.spanwise.analyzer.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans of one query whose plans are held. For one thread. */
final class HeldPlansOfQuery {

  private static final Comparator<Candidate> FASTEST_FIRST =
      Comparator.comparingLong(HeldPlansOfQuery::nanos);

  private final @Nullable Long usualNanos;
  private final List<Candidate> holders = new ArrayList<>(1);
  private long bytes;

  /**
   * @param usualNanos how long a call takes on average where requests repeat it; null where they do
   *     not
   */
  HeldPlansOfQuery(@Nullable Long usualNanos) {
    this.usualNanos = usualNanos;
  }

  void update(Candidate candidate) {
    holders.remove(candidate);
    if (candidate.holdsPlan()) {
      holders.add(candidate);
    }
    bytes = holders.stream().mapToLong(Candidate::planBytes).sum();
  }

  int size() {
    return holders.size();
  }

  long bytes() {
    return bytes;
  }

  /** Duration of the fastest of at least one. */
  long fastestNanos() {
    return holders.stream().mapToLong(HeldPlansOfQuery::nanos).min().orElseThrow();
  }

  /** Lets go of the plan of the fastest of at least one, but for the one that is the most usual. */
  void dropOne() {
    Candidate usual = mostUsual();
    Candidate dropped =
        holders.stream()
            .filter(holder -> holders.size() == 1 || holder != usual)
            .min(FASTEST_FIRST)
            .orElseThrow();
    dropped.dropPlan();
    update(dropped);
  }

  /** The slowest decide where calls do not repeat. */
  private @Nullable Candidate mostUsual() {
    return usualNanos == null
        ? null
        : holders.stream()
            .min(Comparator.comparingLong(holder -> Math.abs(nanos(holder) - usualNanos)))
            .orElseThrow();
  }

  private static long nanos(Candidate holder) {
    return holder.span().durationNanos();
  }
}
