package dev.spanwise.analyzer.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Divides a stream of JSON into records, of which each is read as a stream of its own: one record a
 * line, or one over many lines.
 *
 * <p>A record ends with the line on which its braces close. A record that was cut never closes
 * them; it ends before a line that begins with a brace and cannot continue it. So one bad line
 * costs one line, and nothing is held but a buffer. Not thread-safe.
 */
final class JsonRecords extends InputStream {

  private static final byte[] FIRST_KEY = "\"resourceSpans\"".getBytes(StandardCharsets.UTF_8);
  private static final int LOOK_AHEAD = 64;

  private final PeekInput in;
  private long line = 1;
  private long offset;
  private long recordLine;
  private long recordOffset;
  private int depth;
  private boolean insideString;
  private boolean escaped;
  private int previous = '\n';
  private int previousSignificant;
  private boolean ended = true;

  JsonRecords(PeekInput in) {
    this.in = in;
  }

  /** Moves to the next record, past what is left of this one; false at the input's end. */
  boolean next() throws IOException {
    byte[] rest = new byte[8 * 1024];
    while (!ended) {
      read(rest, 0, rest.length);
    }
    for (int b = in.peek(); isSpace(b); b = in.peek()) {
      take(b);
    }
    depth = 0;
    insideString = false;
    escaped = false;
    recordLine = line;
    recordOffset = offset;
    ended = in.peek() < 0;
    return !ended;
  }

  /** The line on which the record begins; the first is 1. */
  long line() {
    return recordLine;
  }

  /** The number of bytes before the record. */
  long offset() {
    return recordOffset;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int start, int length) throws IOException {
    int count = 0;
    while (count < length && !ended) {
      int b = in.peek();
      if (b < 0 || (b == '{' && previous == '\n' && offset > recordOffset && isNewRecord())) {
        ended = true;
      } else {
        take(b);
        target[start + count++] = (byte) b;
        ended = b == '\n' && depth == 0;
      }
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private void take(int b) throws IOException {
    in.read();
    offset++;
    previous = b;
    if (b == '\n') {
      line++;
      insideString = false; // JSON has no line break in a string: the string was cut
      escaped = false;
    } else if (insideString) {
      insideString = escaped || b != '"';
      escaped = !escaped && b == '\\';
    } else if (b == '"') {
      insideString = true;
    } else if (b == '{' || b == '[') {
      depth++;
    } else if (b == '}' || b == ']') {
      depth = Math.max(0, depth - 1);
    }
    if (!isSpace(b)) {
      previousSignificant = b;
    }
  }

  /** Whether the brace that comes next, first on its line, begins a record. */
  private boolean isNewRecord() throws IOException {
    if ("{[:,".indexOf(previousSignificant) < 0) {
      return true;
    }
    byte[] ahead = in.peek(LOOK_AHEAD);
    int key = 1;
    while (key < ahead.length && isSpace(ahead[key])) {
      key++;
    }
    int end = Math.min(ahead.length, key + FIRST_KEY.length);
    return Arrays.equals(ahead, key, end, FIRST_KEY, 0, FIRST_KEY.length);
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
