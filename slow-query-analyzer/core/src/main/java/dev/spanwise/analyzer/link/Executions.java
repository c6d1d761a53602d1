package dev.spanwise.analyzer.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log has of executions that may be one span's, each once: a server may log one in two
 * forms, with its plan and with its duration, and a log be given twice. {@value #HELD} are held,
 * those that are the likeliest; all of a larger batch are counted. For one thread.
 */
final class Executions {

  /** Executions held of a span. */
  static final int HELD = 64;

  /** Which execution is the likeliest, and of a batch the longest. */
  static final Comparator<Match> BEST_FIRST =
      Match.STRONGEST_FIRST.thenComparing(
          Comparator.comparingLong((Match match) -> match.window().durationNanos()).reversed());

  /**
   * A number of executions.
   *
   * @param nanos the time that they took together
   */
  record Total(long executions, long nanos) {

    private static final Comparator<Total> BY_NUMBER =
        Comparator.comparingLong(Total::executions).thenComparingLong(Total::nanos);

    static Total of(List<Match> matches) {
      return new Total(
          matches.size(),
          matches.stream().mapToLong(match -> match.window().durationNanos()).sum());
    }

    private static Total sum(Total one, Total other) {
      return new Total(one.executions + other.executions, one.nanos + other.nanos);
    }
  }

  /** A form in which a log has executions: with their plans, or with their durations alone. */
  private record Form(String source, boolean plan) {}

  private static final class Held {
    private Match match;

    /** The same execution in the other form. */
    private @Nullable Match other;

    private Held(Match match) {
      this.match = match;
    }

    private boolean isCopiedBy(Match copy) {
      return match.isTheSame(copy) || (other != null && other.isTheSame(copy));
    }
  }

  private final List<Held> held = new ArrayList<>(1);

  /** By form, once more came than are held: not all may be in both. */
  private final Map<Form, Total> counted = new HashMap<>(0);

  private boolean leftOut;

  void add(Match match) {
    if (held.stream().anyMatch(known -> known.isCopiedBy(match))) {
      return;
    }
    if (leftOut) {
      count(match);
    }
    if (isJoined(match)) {
      return;
    }
    if (held.size() < HELD) {
      held.add(new Held(match));
      return;
    }
    if (!leftOut) {
      leftOut = true;
      held.forEach(this::count);
      count(match);
    }
    Held worst =
        held.stream().max(Comparator.comparing(each -> each.match, BEST_FIRST)).orElseThrow();
    if (BEST_FIRST.compare(match, worst.match) < 0) {
      held.remove(worst);
      held.add(new Held(match));
    }
  }

  private void count(Held each) {
    count(each.match);
    if (each.other != null) {
      count(each.other);
    }
  }

  private void count(Match match) {
    if (match.own() && match.isSure() && match.backend() == Match.Backend.SAME) {
      counted.merge(
          new Form(match.logged().source(), match.plan()), Total.of(List.of(match)), Total::sum);
    }
  }

  /** Whether an entry is the other form of an execution that is held, which then has its plan. */
  private boolean isJoined(Match match) {
    Held closest = null;
    for (Held each : held) {
      boolean free = each.other == null || (!match.plan() && match.surelyRanWith(each.match));
      if (free
          && each.match.mayBeOtherFormOf(match)
          && (closest == null || distance(each, match) < distance(closest, match))) {
        closest = each;
      }
    }
    if (closest == null) {
      return false;
    }
    if (closest.other == null) {
      closest.other = match.plan() ? closest.match : match;
      closest.match = match.plan() ? match : closest.match;
    }
    return true;
  }

  private static long distance(Held each, Match match) {
    return Math.abs(each.match.window().durationNanos() - match.window().durationNanos());
  }

  boolean areSeveral() {
    return held.size() > 1;
  }

  /** Those that are held. */
  List<Match> held() {
    return held.stream().map(each -> each.match).toList();
  }

  /** How many there were, of which these are held. */
  Total total(List<Match> some) {
    Total ofHeld = Total.of(some);
    return counted.values().stream()
        .max(Total.BY_NUMBER)
        .filter(all -> all.executions() > ofHeld.executions())
        .orElse(ofHeld);
  }
}
