package dev.spanwise.analyzer.ingest;

import java.nio.charset.StandardCharsets;

/** A reusable view of a text inside a byte array: most texts of a span are never made a String. */
final class Utf8 {

  private static final byte[] NOTHING = {};
  private static final int LONGEST_COMMAND = 40;

  private byte[] bytes = NOTHING;
  private int offset;
  private int length;

  void clear() {
    set(NOTHING, 0, 0);
  }

  void set(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  void set(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    set(encoded, 0, encoded.length);
  }

  void set(Utf8 other) {
    set(other.bytes, other.offset, other.length);
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  /** Leaves out what is beyond so many bytes, and never half a character. */
  void cut(int maxBytes) {
    if (length > maxBytes) {
      length = maxBytes;
      while (length > 0 && (bytes[offset + length] & 0xC0) == 0x80) {
        length--;
      }
    }
  }

  /** Whether there is no text: OTLP does not tell an absent text from an empty one. */
  boolean isEmpty() {
    return length == 0;
  }

  /**
   * Whether the text is letters, dots, dashes and underscores, few of them: a command's name or a
   * system's, in which no literal fits.
   */
  boolean isName() {
    for (int at = offset; at < offset + length; at++) {
      byte b = bytes[at];
      boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
      if (!letter && b != '.' && b != '-' && b != '_') {
        return false;
      }
    }
    return length > 0 && length <= LONGEST_COMMAND;
  }

  /** The decimal number that the text is; 0 where it is none below 10^18. */
  long toNumber() {
    if (length > 18) {
      return 0;
    }
    long number = 0;
    for (int at = offset; at < offset + length; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return 0;
      }
      number = number * 10 + bytes[at] - '0';
    }
    return number;
  }

  /** The text; bytes that are not UTF-8, such as those of a cut character, become U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
