package dev.spanwise.demo.database;

import java.time.Duration;

/** Hears of a load's steps, on the loading thread. */
@FunctionalInterface
public interface LoadProgress {
  /** A step has begun (rows and elapsed are zero) or ended. */
  void at(Step step);

  /**
   * One step of a load.
   *
   * @param number from 1 to {@code count}
   * @param rows written by this step
   */
  record Step(int number, int count, String name, boolean done, long rows, Duration elapsed) {}
}
