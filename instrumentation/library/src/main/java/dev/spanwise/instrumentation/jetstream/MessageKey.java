package dev.spanwise.instrumentation.jetstream;

import io.nats.client.impl.NatsJetStreamMetaData;

/** A message as one consumer gets it, however often. */
record MessageKey(String stream, String consumer, long streamSequence) {
  static MessageKey of(NatsJetStreamMetaData metadata) {
    return new MessageKey(metadata.getStream(), metadata.getConsumer(), metadata.streamSequence());
  }

  /** Of the sequence alone: names are read anew with each message, and their hashes with them. */
  @Override
  public int hashCode() {
    return Long.hashCode(streamSequence);
  }

  /**
   * Whether an acknowledgement of the other, where it counts for all before it, counts for this.
   */
  boolean isBefore(MessageKey other) {
    return streamSequence < other.streamSequence
        && stream.equals(other.stream)
        && consumer.equals(other.consumer);
  }
}
