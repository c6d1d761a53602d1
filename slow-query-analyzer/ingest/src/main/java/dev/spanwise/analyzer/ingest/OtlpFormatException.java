package dev.spanwise.analyzer.ingest;

import java.io.IOException;

/** Input that is not what it should be, from a place on that nothing more can be read of it. */
final class OtlpFormatException extends IOException {

  private static final long serialVersionUID = 1;

  private final String place;

  OtlpFormatException(String place, String reason) {
    super(reason);
    this.place = place;
  }

  String place() {
    return place;
  }

  /** The rule that the input broke. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
