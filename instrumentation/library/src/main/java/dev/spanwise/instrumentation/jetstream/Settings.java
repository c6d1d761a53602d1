package dev.spanwise.instrumentation.jetstream;

import java.time.Duration;

/** What {@link JetStreamTelemetryBuilder} was told. */
record Settings(
    ProducerRelation producerRelation,
    int maxUnsettledMessages,
    Duration unsettledFor,
    boolean pulledMessagesCurrent) {

  static final Settings DEFAULT =
      new Settings(ProducerRelation.PARENT, 10_000, Duration.ofMinutes(5), false);
}
