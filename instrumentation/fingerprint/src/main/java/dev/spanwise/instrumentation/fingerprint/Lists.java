package dev.spanwise.instrumentation.fingerprint;

import java.util.Arrays;

/**
 * The open parentheses and brackets, and in those that hold a list the element before. An element
 * that normalises to the same text as the one before is taken back, so that a list of any length
 * has one value. Each comparison is paid by the element that it covers, and elements of equal
 * length double with each level that they are nested: the time stays near linear.
 */
final class Lists {

  /** Function arguments, columns, subqueries, subscripts: every element counts. */
  static final int PLAIN = 0;

  /** {@code IN (…)} and {@code ARRAY[…]}: equal elements are one if they hold a literal. */
  static final int VALUE_LIST = 1;

  /** {@code VALUES (…), (…)}: equal rows are one. It has no bracket of its own. */
  static final int ROWS = 2;

  private static final int NONE = -1;
  private static final int SEPARATOR_LENGTH = ", ".length();

  /** Kind, start of the element, start and end of the element before. */
  private static final int FRAME = 4;

  private final NormalizedText text;
  private int[] frames = new int[8 * FRAME];
  private int top = -FRAME;

  Lists(NormalizedText text) {
    this.text = text;
  }

  boolean isIn(int kind) {
    return top >= 0 && frames[top] == kind;
  }

  /** Opens a frame whose first element begins at the end of the text. */
  void open(int kind) {
    top += FRAME;
    if (top == frames.length) {
      frames = Arrays.copyOf(frames, 2 * top);
    }
    frames[top] = kind;
    frames[top + 1] = text.length();
    frames[top + 2] = NONE;
  }

  /** What looked like a list is a subquery. */
  void demote() {
    frames[top] = PLAIN;
  }

  void close() {
    if (top >= 0) {
      endElement();
      top -= FRAME;
    }
  }

  /** Ends the element before the separator, which is not yet written. */
  void endElement() {
    if (top < 0 || frames[top] == PLAIN) {
      return;
    }
    int start = frames[top + 1];
    int previousStart = frames[top + 2];
    if (previousStart != NONE
        && text.sameFrom(start, previousStart, frames[top + 3])
        && (frames[top] == ROWS || text.hasPlaceholderFrom(start))) {
      text.truncate(start - SEPARATOR_LENGTH);
    } else {
      frames[top + 2] = start;
      frames[top + 3] = text.length();
    }
  }

  /** Begins an element after the separator, which is written. */
  void beginElement() {
    if (top >= 0) {
      frames[top + 1] = text.length();
    }
  }
}
