package dev.spanwise.analyzer.postgresql.log;

import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts bytes into lines. Holds one unfinished line, of {@code limit} bytes at most. */
final class LineSplitter {

  private static final int INITIAL_BYTES = 8192;

  private final int limit;
  private final Consumer<Line> lines;
  private byte[] held = new byte[INITIAL_BYTES];
  private int length;
  private boolean cut;
  private long number = 1;

  /**
   * @param lines takes each line, which is a view of a buffer that is used again
   */
  LineSplitter(int limit, Consumer<Line> lines) {
    this.limit = limit;
    this.lines = lines;
  }

  void feed(byte[] buffer, int count) {
    int start = 0;
    for (int end = lineEnd(buffer, 0, count); end >= 0; end = lineEnd(buffer, start, count)) {
      if (holdsPartOfLine() || end - start > limit) {
        hold(buffer, start, end);
        emit(held, 0, length);
      } else {
        emit(buffer, start, end);
      }
      start = end + 1;
    }
    hold(buffer, start, count);
  }

  private static int lineEnd(byte[] buffer, int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** Hands over a last line that has no line end. */
  void end() {
    if (holdsPartOfLine()) {
      emit(held, 0, length);
    }
  }

  /** Number of the line that is being read. */
  long number() {
    return number;
  }

  boolean holdsPartOfLine() {
    return length > 0 || cut;
  }

  private void hold(byte[] buffer, int from, int to) {
    int room = Math.min(to - from, limit - length);
    cut |= room < to - from;
    if (length + room > held.length) {
      held = Arrays.copyOf(held, Math.min(limit, Math.max(length + room, 2 * held.length)));
    }
    System.arraycopy(buffer, from, held, length, room);
    length += room;
  }

  private void emit(byte[] buffer, int from, int to) {
    int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    lines.accept(new Line(number, buffer, from, end, cut));
    number++;
    length = 0;
    cut = false;
    if (held.length > (1 << 20)) {
      held = new byte[INITIAL_BYTES];
    }
  }
}
