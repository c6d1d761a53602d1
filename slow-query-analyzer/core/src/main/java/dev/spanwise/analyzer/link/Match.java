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

  /**
   * Each execution once: a server may log in two forms, and a log be given twice. Where an entry
   * has the plan, others of the same time tell of the same execution.
   */
  static List<Match> distinct(List<Match> matches) {
    boolean anyPlan = matches.stream().anyMatch(Match::plan);
    List<Match> distinct = new ArrayList<>();
    for (Match match : matches) {
      if (match.plan == anyPlan && distinct.stream().noneMatch(match::isTheSame)) {
        distinct.add(match);
      }
    }
    return distinct;
  }

  boolean isTheSame(Match other) {
    boolean once =
        logged.source().equals(other.logged.source())
            ? logged.atNanos() == other.logged.atNanos()
            : window.meets(other.window);
    return once
        && logged.backendPid() == other.logged.backendPid()
        && window.durationNanos() == other.window.durationNanos()
        && Objects.equals(logged.statement(), other.logged.statement());
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
