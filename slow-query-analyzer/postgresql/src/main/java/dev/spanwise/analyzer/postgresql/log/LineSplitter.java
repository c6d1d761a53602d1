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

  LineSplitter(int limit, Consumer<Line> lines) {
    this.limit = limit;
    this.lines = lines;
  }

  void feed(byte[] buffer, int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (buffer[i] == '\n') {
        hold(buffer, start, i);
        emit();
        start = i + 1;
      }
    }
    hold(buffer, start, count);
  }

  /** Hands over a last line that has no line end. */
  void end() {
    if (length > 0 || cut) {
      emit();
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

  private void emit() {
    int end = length > 0 && held[length - 1] == '\r' ? length - 1 : length;
    lines.accept(new Line(number, Arrays.copyOf(held, end), cut));
    number++;
    length = 0;
    cut = false;
    if (held.length > (1 << 20)) {
      held = new byte[INITIAL_BYTES];
    }
  }
}
