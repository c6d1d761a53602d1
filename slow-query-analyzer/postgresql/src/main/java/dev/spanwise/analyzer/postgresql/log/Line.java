package dev.spanwise.analyzer.postgresql.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line of a log as bytes, without its line end. */
final class Line {

  private final long number;
  private final byte[] bytes;
  private final boolean cut;

  /**
   * @param number counted from one
   * @param cut whether the line went on beyond the limit
   */
  Line(long number, byte[] bytes, boolean cut) {
    this.number = number;
    this.bytes = bytes;
    this.cut = cut;
  }

  long number() {
    return number;
  }

  boolean cut() {
    return cut;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean startsWith(char ascii) {
    return bytes.length > 0 && bytes[0] == ascii;
  }

  boolean startsWith(byte @Nullable [] prefix) {
    return prefix != null
        && bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** Looks at the last character that is not a space. */
  boolean lastCharacterIs(char ascii) {
    int last = bytes.length - 1;
    while (last >= 0 && bytes[last] == ' ') {
      last--;
    }
    return last >= 0 && bytes[last] == ascii;
  }

  boolean isBlank() {
    for (byte each : bytes) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  /** The first {@code limit} bytes; what is not UTF-8 becomes U+FFFD. */
  String head(int limit) {
    return new String(bytes, 0, Math.min(limit, bytes.length), StandardCharsets.UTF_8);
  }

  static String strictUtf8(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
