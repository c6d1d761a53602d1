package dev.spanwise.analyzer.postgresql.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects bytes. Lines of a log are short and many, and {@link java.io.ByteArrayOutputStream}
 * locks for each. For one thread.
 */
final class GrowingBytes {

  private static final int INITIAL_BYTES = 256;
  private static final char REPLACEMENT = '\ufffd';

  private byte[] bytes = new byte[INITIAL_BYTES];
  private int size;

  int size() {
    return size;
  }

  void reset() {
    size = 0;
    bytes = new byte[INITIAL_BYTES];
  }

  /** Adds what stands between two places of {@code buffer}, and a line end. */
  void addLine(byte[] buffer, int from, int to) {
    int length = to - from;
    if (size + length + 1 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length + 1));
    }
    System.arraycopy(buffer, from, bytes, size, length);
    size += length;
    bytes[size++] = '\n';
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /** The lines without the last one's end. */
  String text() throws CharacterCodingException {
    int length = Math.max(0, size - 1);
    String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      // The text may hold that character, or stand for bytes that are none.
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
    }
    return text;
  }
}
