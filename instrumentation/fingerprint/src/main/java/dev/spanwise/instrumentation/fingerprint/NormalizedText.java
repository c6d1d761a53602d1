package dev.spanwise.instrumentation.fingerprint;

import java.util.Arrays;

/** The normalised statement while it grows, each literal one {@link #PLACEHOLDER}. */
final class NormalizedText {

  /** Never part of a name: the source's own NUL characters read as blanks. */
  static final char PLACEHOLDER = '\0';

  private static final char CUT_MARK = '…';

  private char[] text;
  private int length;

  NormalizedText(int sourceLength) {
    text = new char[sourceLength + sourceLength / 4 + 16];
  }

  int length() {
    return length;
  }

  char last() {
    return length == 0 ? ' ' : text[length - 1];
  }

  void append(char character) {
    reserve(1);
    text[length++] = character;
  }

  void append(char[] source, int start, int end) {
    reserve(end - start);
    for (int index = start; index < end; index++) {
      char character = source[index];
      text[length++] = character == PLACEHOLDER ? ' ' : character;
    }
  }

  void appendFolded(char[] source, int start, int end) {
    reserve(end - start);
    for (int index = start; index < end; index++) {
      text[length++] = Characters.fold(source[index]);
    }
  }

  void truncate(int newLength) {
    length = newLength;
  }

  boolean sameFrom(int start, int otherStart, int otherEnd) {
    return Arrays.equals(text, start, length, text, otherStart, otherEnd);
  }

  boolean hasPlaceholderFrom(int start) {
    for (int index = start; index < length; index++) {
      if (text[index] == PLACEHOLDER) {
        return true;
      }
    }
    return false;
  }

  long hash() {
    return XxHash64.hash(text, length);
  }

  /** The text with its placeholders numbered, cut to {@code maximumLength} characters. */
  String render(int maximumLength) {
    StringBuilder rendered = new StringBuilder(Math.min(length + length / 8 + 8, maximumLength));
    int number = 0;
    for (int index = 0; index < length; index++) {
      if (text[index] == PLACEHOLDER) {
        rendered.append('$').append(++number);
      } else {
        rendered.append(text[index]);
      }
      if (rendered.length() > maximumLength) {
        rendered.setLength(maximumLength - 1);
        return rendered.append(CUT_MARK).toString();
      }
    }
    return rendered.toString();
  }

  private void reserve(int count) {
    if (text.length - length < count) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, length + count));
    }
  }
}
