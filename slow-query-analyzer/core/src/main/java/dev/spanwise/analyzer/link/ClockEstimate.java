package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.ServerEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far a server's clock is ahead of the spans', from entries and spans that may belong together.
 *
 * <p>An execution of a span's statement, by the span's backend where that is known, would lie
 * inside the span for an interval of differences between the clocks. Each span votes for its
 * intervals; the difference that most spans allow is the true one, as the right pairs agree and the
 * wrong ones scatter. That is how Marzullo's algorithm finds the time among clocks of which some
 * are wrong ("Maintaining the Time in a Distributed System", 1984), and NTP after it. A difference
 * counts only if {@value #FEWEST_SPANS} spans agree, half of those that could, and no other one
 * gets half of its votes from the pairs that contradict it.
 */
final class ClockEstimate {

  /** Nanoseconds: clocks that differ by more are looked after by other means. */
  static final long MOST_NANOS = 10_000_000_000L;

  static final int FEWEST_SPANS = 5;

  /** So many spans must agree elsewhere before no difference is doubted. */
  private static final int FEWEST_IN_DOUBT = 3;

  /** Share of the most votes from which on no difference is as likely as any. */
  private static final double AS_GOOD = 0.9;

  private static final int RIVAL_RATIO = 2;

  /** From this precision on whatever runs often seems to lie inside a span. */
  private static final long COARSE_NANOS = 100_000_000;

  /** Share of the voting spans, or of the entries voted for if they are fewer, that must agree. */
  private static final double FEWEST_SHARE = 0.5;

  /** So many entries are asked at most: they show as much as all would. */
  private static final int ENTRIES = 100;

  /** Where a statement's entries have more on average, it runs all the time. */
  private static final int VOTES_OF_AN_ENTRY = 20;

  /**
   * That a difference from here to there would put an entry inside a span.
   *
   * @param entry the entry's number
   */
  private record Vote(Candidate span, int entry, long from, long to) {
    long width() {
      return to - from;
    }
  }

  private record Peak(int spans, long from, long to) {
    boolean isIn(Vote vote) {
      return vote.from() <= from && to <= vote.to();
    }
  }

  private ClockEstimate() {}

  /**
   * The clock of the server that wrote these entries; {@link ServerClock#UNKNOWN} where spans agree
   * that it differs and not by how much, null where nothing shows it.
   *
   * @param doubted whether more of these entries did not tell: then no difference must be shown as
   *     any other
   */
  static @Nullable ServerClock of(List<ServerEvent> entries, SpanIndex index, boolean doubted) {
    List<Vote> all = votes(entries, index);
    List<Vote> telling = telling(all);
    ServerClock ofAll = of(all, 1, doubted);
    if (telling.size() == all.size()) {
      return ofAll;
    }
    ServerClock ofTelling = of(telling, FEWEST_SPANS, doubted);
    if (ofAll == null || !ofAll.settled()) {
      return ofTelling == null ? ofAll : ofTelling;
    }
    boolean contradicts = ofTelling != null && ofTelling.settled() && !ofTelling.mayBe(ofAll);
    return contradicts ? ServerClock.UNKNOWN : ofAll;
  }

  private static @Nullable ServerClock of(List<Vote> cast, int fewestAtZero, boolean doubted) {
    List<Vote> votes = merged(cast);
    Peak peak = peak(votes);
    List<Vote> notZero = votes.stream().filter(vote -> vote.from() > 0 || vote.to() < 0).toList();
    int atZero = votes.size() - notZero.size();
    if (!doubted && atZero >= fewestAtZero && atZero >= AS_GOOD * peak.spans()) {
      // In whole seconds a statement that runs all the time fits everywhere.
      boolean says =
          atZero < FEWEST_SPANS || !isCoarse(votes) || peak(notZero).spans() < AS_GOOD * atZero;
      return says ? ServerClock.SAME : ServerClock.UNKNOWN;
    }
    if (peak.spans() < FEWEST_IN_DOUBT) {
      return null;
    }
    if (isCoarse(votes) && peak(telling(votes, cast)).spans() < FEWEST_SHARE * peak.spans()) {
      return ServerClock.UNKNOWN;
    }
    List<Vote> contradicting = votes.stream().filter(vote -> !peak.isIn(vote)).toList();
    long agreeing = entries(cast.stream().filter(peak::isIn).toList());
    boolean decided =
        // One entry is of one span, however many it fits.
        Math.min(peak.spans(), agreeing) >= FEWEST_SPANS
            && peak.spans() >= FEWEST_SHARE * Math.min(spans(votes), entries(cast))
            && peak.spans() >= RIVAL_RATIO * peak(contradicting).spans();
    if (!decided) {
      return ServerClock.UNKNOWN;
    }
    long halfWidth = (peak.to() - peak.from()) / 2;
    return peak.from() <= 0 && peak.to() >= 0
        ? ServerClock.SAME
        : new ServerClock(peak.from() + halfWidth, halfWidth, true);
  }

  /**
   * Of votes in whole seconds, those that were not merged of many: where a statement runs all the
   * time these reach from one difference to the next, and agree with all of them.
   */
  private static List<Vote> telling(List<Vote> merged, List<Vote> cast) {
    long narrowest = cast.stream().mapToLong(Vote::width).min().orElse(0);
    return merged.stream().filter(vote -> vote.width() < 2 * narrowest).toList();
  }

  private static boolean isCoarse(List<Vote> votes) {
    return votes.stream().allMatch(vote -> vote.width() >= COARSE_NANOS);
  }

  /** Distinct spans of votes in the order of their spans. */
  private static long spans(List<Vote> merged) {
    long spans = 0;
    Candidate last = null;
    for (Vote vote : merged) {
      spans += vote.span() == last ? 0 : 1;
      last = vote.span();
    }
    return spans;
  }

  private static long entries(List<Vote> cast) {
    return cast.stream().mapToInt(Vote::entry).distinct().count();
  }

  private static List<Vote> votes(List<ServerEvent> entries, SpanIndex index) {
    List<Vote> votes = new ArrayList<>();
    List<ServerEvent> executions = entries.stream().filter(Candidate::isExecution).toList();
    int stride = 1 + executions.size() / ENTRIES;
    for (int i = 0; i < executions.size(); i += stride) {
      votes.addAll(votes(executions.get(i), i, index));
    }
    return votes;
  }

  private static List<Vote> votes(ServerEvent entry, int number, SpanIndex index) {
    EntryNames names = EntryNames.of(entry.logged(), index);
    long start = entry.loggedNanos() - entry.durationNanos();
    long end = entry.loggedNanos() + entry.precisionNanos();
    List<Vote> votes = new ArrayList<>();
    List<Vote> named = new ArrayList<>(0);
    index.near(
        entry,
        start - MOST_NANOS,
        end + MOST_NANOS,
        candidate -> {
          long from = entry.loggedNanos() - candidate.span().endNanos() - Window.SLACK_NANOS;
          long to = end - entry.durationNanos() - candidate.span().startNanos();
          Vote vote =
              new Vote(
                  candidate,
                  number,
                  Math.max(-MOST_NANOS, from),
                  Math.min(MOST_NANOS, to + Window.SLACK_NANOS));
          if (vote.from() <= vote.to() && mayBelong(entry, candidate)) {
            (names.method(candidate.span()) == null ? votes : named).add(vote);
          }
        });
    return named.isEmpty() ? votes : named;
  }

  private static boolean mayBelong(ServerEvent entry, Candidate candidate) {
    long span = candidate.span().durationNanos();
    return candidate.runs(entry.statement())
        && (candidate.pid() == null || candidate.ranOn(entry.backendPid()))
        && entry.durationNanos() <= span + Window.SLACK_NANOS
        && entry.durationNanos() >= Candidate.MAIN_PART * span;
  }

  /** Intervals of one span that overlap are one vote. */
  private static List<Vote> merged(List<Vote> cast) {
    List<Vote> votes = new ArrayList<>(cast);
    votes.sort(
        Comparator.comparingLong((Vote vote) -> vote.span().span().startNanos())
            .thenComparingLong(vote -> vote.span().span().spanId())
            .thenComparingLong(Vote::from));
    List<Vote> merged = new ArrayList<>();
    for (Vote vote : votes) {
      Vote last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && last.span() == vote.span() && vote.from() <= last.to()) {
        merged.set(
            merged.size() - 1,
            new Vote(vote.span(), vote.entry(), last.from(), Math.max(last.to(), vote.to())));
      } else {
        merged.add(vote);
      }
    }
    return merged;
  }

  /** Without those of statements that run all the time: they fit everywhere. */
  private static List<Vote> telling(List<Vote> votes) {
    Map<Long, Turnout> byStatement = new HashMap<>();
    for (Vote vote : votes) {
      byStatement.computeIfAbsent(statement(vote), unseen -> new Turnout()).count(vote);
    }
    Set<Long> telling = new HashSet<>();
    byStatement.forEach(
        (statement, turnout) -> {
          if (turnout.isTelling()) {
            telling.add(statement);
          }
        });
    return votes.stream().filter(vote -> telling.contains(statement(vote))).toList();
  }

  private static Long statement(Vote vote) {
    return vote.span().slow().query().fingerprint();
  }

  /** Votes for one statement's entries. */
  private static final class Turnout {
    private int lastEntry = -1;
    private int entries;
    private int votes;

    void count(Vote vote) {
      votes++;
      entries += vote.entry() == lastEntry ? 0 : 1;
      lastEntry = vote.entry();
    }

    boolean isTelling() {
      return votes <= VOTES_OF_AN_ENTRY * entries;
    }
  }

  /** The interval that lies in the votes of most spans. */
  private static Peak peak(List<Vote> votes) {
    long[] from = votes.stream().mapToLong(Vote::from).sorted().toArray();
    long[] to = votes.stream().mapToLong(Vote::to).sorted().toArray();
    Peak peak = new Peak(0, 0, 0);
    int ended = 0;
    for (int begun = 0; begun < from.length; begun++) {
      while (to[ended] < from[begun]) {
        ended++;
      }
      if (begun + 1 - ended > peak.spans()) {
        peak = new Peak(begun + 1 - ended, from[begun], to[ended]);
      }
    }
    return peak;
  }
}
