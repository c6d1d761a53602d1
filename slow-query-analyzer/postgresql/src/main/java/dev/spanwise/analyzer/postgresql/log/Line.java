package dev.spanwise.analyzer.postgresql.log;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of a log as bytes, without its line end. It is a view of a buffer that is used again:
 * who keeps it takes a {@link #copy()}.
 */
final class Line {

  private final long number;
  private final byte[] buffer;
  private final int from;
  private final int to;
  private final boolean cut;

  /**
   * @param number counted from one
   * @param from where it begins in {@code buffer}
   * @param to where it ends
   * @param cut whether the line went on beyond the limit
   */
  Line(long number, byte[] buffer, int from, int to, boolean cut) {
    this.number = number;
    this.buffer = buffer;
    this.from = from;
    this.to = to;
    this.cut = cut;
  }

  long number() {
    return number;
  }

  boolean cut() {
    return cut;
  }

  int length() {
    return to - from;
  }

  byte at(int index) {
    return buffer[from + index];
  }

  byte[] bytes() {
    return Arrays.copyOfRange(buffer, from, to);
  }

  Line copy() {
    return new Line(number, bytes(), 0, to - from, cut);
  }

  /** What follows its first {@code skipped} bytes. */
  Line from(int skipped) {
    return new Line(number, buffer, from + skipped, to, cut);
  }

  /** Writes it without its first {@code skipped} bytes, and a line end. */
  void writeTo(GrowingBytes target, int skipped) {
    target.addLine(buffer, from + skipped, to);
  }

  boolean startsWith(char ascii) {
    return from < to && buffer[from] == ascii;
  }

  boolean startsWith(byte[] prefix) {
    return hasAt(0, prefix);
  }

  /** Where {@code ascii} stands first, from {@code index} to before {@code end}; -1 if nowhere. */
  int indexOf(char ascii, int index, int end) {
    for (int i = from + index; i < from + end; i++) {
      if (buffer[i] == ascii) {
        return i - from;
      }
    }
    return -1;
  }

  /** Whether {@code expected} stands at {@code index}. */
  boolean hasAt(int index, byte[] expected) {
    int start = from + index;
    return to - start >= expected.length
        && Arrays.equals(buffer, start, start + expected.length, expected, 0, expected.length);
  }

  boolean isBlank() {
    for (int i = from; i < to; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** What stands between two places. */
  String text(int start, int end, Charset charset) {
    return new String(buffer, from + start, end - start, charset);
  }

  /** The first {@code limit} bytes; what is not UTF-8 becomes U+FFFD. */
  String head(int limit) {
    return text(0, Math.min(limit, length()), StandardCharsets.UTF_8);
  }
}
