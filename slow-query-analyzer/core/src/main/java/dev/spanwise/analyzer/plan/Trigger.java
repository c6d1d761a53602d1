package dev.spanwise.analyzer.plan;

import org.jspecify.annotations.Nullable;

/**
 * Time spent in a trigger, foreign keys included, over all its calls.
 *
 * @param name the trigger; null where text output prints the constraint's name instead
 * @param constraint the constraint that it serves; null for a plain trigger
 * @param relation its table; null where text output leaves it out
 * @param timeMs time in all calls; null with TIMING off
 * @param calls how often it ran
 */
public record Trigger(
    @Nullable String name,
    @Nullable String constraint,
    @Nullable String relation,
    @Nullable Double timeMs,
    long calls) {

  /** Milliseconds in all calls; zero with TIMING off. */
  public double spentMs() {
    return timeMs == null ? 0 : timeMs;
  }
}
