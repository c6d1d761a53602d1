package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.input.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines that belong to no entry: one rejection for each run of them, up to a bound, and a single
 * one for an input without any entry.
 */
final class StrayLines {

  private static final int RUNS_REPORTED = 50;

  private final String source;
  private final Consumer<Rejection> rejections;
  private final List<Rejection> beforeFirstEntry = new ArrayList<>();
  private @Nullable String reason;
  private long first;
  private long last;
  private long runs;
  private long linesBeyondBound;
  private boolean entrySeen;

  StrayLines(String source, Consumer<Rejection> rejections) {
    this.source = source;
    this.rejections = rejections;
  }

  void add(long line, String why) {
    if (why.equals(reason) && line == last + 1) {
      last = line;
      return;
    }
    closeRun();
    reason = why;
    first = line;
    last = line;
  }

  void entrySeen() {
    if (!entrySeen) {
      entrySeen = true;
      beforeFirstEntry.forEach(rejections);
      beforeFirstEntry.clear();
    }
  }

  boolean anyEntrySeen() {
    return entrySeen;
  }

  /**
   * The input has ended.
   *
   * @param reasonWithoutEntries null where it has been told
   */
  void end(@Nullable String reasonWithoutEntries) {
    closeRun();
    if (!entrySeen && runs > 0) {
      if (reasonWithoutEntries != null) {
        rejections.accept(new Rejection(source, "line 1", reasonWithoutEntries));
      }
    } else if (linesBeyondBound > 0) {
      String rest = linesBeyondBound + " more lines in " + (runs - RUNS_REPORTED) + " places";
      rejections.accept(new Rejection(source, "up to line " + last, rest + " like those before"));
    }
  }

  private void closeRun() {
    if (reason == null) {
      return;
    }
    runs++;
    if (runs > RUNS_REPORTED) {
      linesBeyondBound += last - first + 1;
    } else {
      String place = first == last ? "line " + first : "lines " + first + "-" + last;
      Rejection rejection = new Rejection(source, place, reason);
      if (entrySeen) {
        rejections.accept(rejection);
      } else {
        beforeFirstEntry.add(rejection);
      }
    }
    reason = null;
  }
}
