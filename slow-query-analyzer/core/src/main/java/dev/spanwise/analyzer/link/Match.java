package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.Logged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An execution that may be a span's.
 *
 * @param method what ties them
 * @param backend what the span says of the backend
 * @param logged the execution's entry
 * @param window when it took place
 * @param plan whether the entry has its plan
 * @param own whether it ran the span's statement
 * @param place how it lies to the span
 * @param fits whether it took most of the span's time, and any other span that it may belong to is
 *     among those looked at
 * @param settled whether the server's clock is known
 * @param contested why it may belong elsewhere; null where nothing says so
 */
record Match(
    LinkMethod method,
    Backend backend,
    Logged logged,
    Window window,
    boolean plan,
    boolean own,
    Place place,
    boolean fits,
    boolean settled,
    @Nullable Doubt contested) {

  /** Of several spans for one execution the first has it. */
  static final Comparator<Match> STRONGEST_FIRST =
      Comparator.comparing(Match::isByLikeness)
          .thenComparing(match -> !match.own)
          .thenComparing(Match::method)
          .thenComparing(match -> match.place != Place.SURELY_INSIDE);

  /** What a span says of the backend of an entry. */
  enum Backend {
    SAME,
    UNKNOWN,
    OTHER
  }

  /** How an execution lies to a span. */
  enum Place {
    /** Wherever in its window it lay, it went on during the span. */
    SURELY_INSIDE,
    MAYBE_INSIDE,
    /** It began during the span and ended later, as a cursor that is read on. */
    OUTLASTS
  }

  boolean isByLikeness() {
    return method == LinkMethod.FINGERPRINT_AND_DURATION;
  }

  /** Whether it went on during the span, and nothing else can have it. */
  boolean isSure() {
    return place == Place.SURELY_INSIDE && contested == null;
  }

  Match contestedBy(@Nullable Doubt doubt) {
    return new Match(method, backend, logged, window, plan, own, place, fits, settled, doubt);
  }

  /** Whether both are the same entry, or copies of it in two logs. */
  boolean isTheSame(Match other) {
    boolean once =
        logged.source().equals(other.logged.source())
            ? logged.atNanos() == other.logged.atNanos()
                && logged.place().equals(other.logged.place())
            : window.meets(other.window);
    return once
        && plan == other.plan
        && logged.backendPid() == other.logged.backendPid()
        && window.durationNanos() == other.window.durationNanos()
        && Objects.equals(logged.statement(), other.logged.statement());
  }

  /**
   * Whether one is the plan and the other the duration of what may be one execution: a duration
   * begins no later than its executor and takes no less. The server writes a plan before the
   * duration or, where it closes the cursor later, after it.
   */
  boolean mayBeOtherFormOf(Match other) {
    boolean oneBackend =
        logged.backendPid() == other.logged.backendPid()
            && logged.source().equals(other.logged.source());
    if (plan == other.plan || !oneBackend) {
      return false;
    }
    return surelyRanWith(other)
        || (Objects.equals(logged.statement(), other.logged.statement())
            && (plan ? mayRunWithin(other) : other.mayRunWithin(this)));
  }

  private boolean mayRunWithin(Match duration) {
    return window.durationNanos() <= duration.window.durationNanos()
        && duration.logged.atNanos() - duration.window.durationNanos() < latestStart()
        && logged.atNanos() <= duration.logged.atNanos() + duration.logged.precisionNanos();
  }

  /** Whether both, of one log, went on at one time, wherever in its precision they lay. */
  boolean surelyRanWith(Match other) {
    return latestStart() < other.logged.atNanos() && other.latestStart() < logged.atNanos();
  }

  /** By the log's own clock. */
  private long latestStart() {
    return logged.atNanos() + logged.precisionNanos() - window.durationNanos();
  }

  /**
   * Without those that another one set off: a backend runs two at a time only where a function of
   * the one runs the other.
   */
  static List<Match> outermost(List<Match> matches) {
    List<Match> longestFirst = new ArrayList<>(matches);
    longestFirst.sort(
        Comparator.comparingLong((Match match) -> match.window.durationNanos()).reversed());
    List<Match> outermost = new ArrayList<>();
    for (Match match : longestFirst) {
      if (outermost.stream().noneMatch(match::isPartOf)) {
        outermost.add(match);
      }
    }
    return outermost;
  }

  private boolean isPartOf(Match longer) {
    return logged.backendPid() == longer.logged.backendPid()
        && logged.source().equals(longer.logged.source())
        && window.surelyOverlaps(longer.window);
  }
}
