package dev.spanwise.analyzer.ingest;

/** An attribute's value while it is read: a text or an integer; all others count as none. */
final class AttributeValue {

  private final Utf8 text = new Utf8();
  private long number;
  private boolean isNumber;

  void clear() {
    text.clear();
    isNumber = false;
  }

  void number(long value) {
    number = value;
    isNumber = true;
  }

  Utf8 text() {
    return text;
  }

  /** The integer, or the one that the text spells; 0 where it is neither. */
  long toNumber() {
    return isNumber ? number : text.toNumber();
  }
}
