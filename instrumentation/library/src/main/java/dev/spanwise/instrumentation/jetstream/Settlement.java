package dev.spanwise.instrumentation.jetstream;

/** What the application told the server about a message. */
enum Settlement {
  ACK("ack"),
  NAK("nak"),
  TERM("term"),
  NONE("none");

  /** The value of {@code spanwise.jetstream.settlement}. */
  final String label;

  Settlement(String label) {
    this.label = label;
  }
}
