package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.time.Duration;
import java.util.Objects;

/** Options of {@link JetStreamTelemetry}. For one thread. */
public final class JetStreamTelemetryBuilder {
  private final Telemetry telemetry;
  private ProducerRelation producerRelation = Settings.DEFAULT.producerRelation();
  private int maxUnsettledMessages = Settings.DEFAULT.maxUnsettledMessages();
  private Duration unsettledFor = Settings.DEFAULT.unsettledFor();
  private boolean pulledMessagesCurrent = Settings.DEFAULT.pulledMessagesCurrent();

  JetStreamTelemetryBuilder(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /** How a process span refers to the publisher's: its parent unless told otherwise. */
  public JetStreamTelemetryBuilder producerRelation(ProducerRelation relation) {
    producerRelation = Objects.requireNonNull(relation, "producerRelation");
    return this;
  }

  /**
   * How many messages of one consumer are waited for to be settled, 10,000 unless told otherwise:
   * past it the oldest counts as never settled. A server delivers no more than the consumer's
   * {@code max_ack_pending}, 1,000 by its default.
   *
   * @param messages 1 or more
   */
  public JetStreamTelemetryBuilder maxUnsettledMessages(int messages) {
    if (messages < 1) {
      throw new IllegalArgumentException("maxUnsettledMessages is %d, below 1".formatted(messages));
    }
    maxUnsettledMessages = messages;
    return this;
  }

  /**
   * How long a message is waited for to be settled since it was handed out or last said to be in
   * progress, five minutes unless told otherwise: then it counts as never settled. Let it be longer
   * than the consumer's {@code ack_wait}.
   *
   * @param duration 1 ms or more
   */
  public JetStreamTelemetryBuilder unsettledFor(Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("unsettledFor is %s, below 1 ms".formatted(duration));
    }
    unsettledFor = duration;
    return this;
  }

  /**
   * Whether the span of a message that was asked for is current on the thread that asked, until the
   * message is settled there, the next is asked for or the loop ends; false unless told otherwise.
   * Choose true only for loops with a thread of their own: where a message is left unsettled
   * ({@code break}, an exception), its span stays current on the thread, becomes the parent of
   * whatever comes after, and keeps a scope around the loop from closing, until the thread asks
   * again or {@link #unsettledFor} is over; under the OpenTelemetry agent only the former. {@link
   * JetStreamTelemetry#process} has no such hazard.
   */
  public JetStreamTelemetryBuilder pulledMessagesCurrent(boolean current) {
    pulledMessagesCurrent = current;
    return this;
  }

  public JetStreamTelemetry build() {
    return new JetStreamTelemetry(
        telemetry,
        new Settings(producerRelation, maxUnsettledMessages, unsettledFor, pulledMessagesCurrent));
  }
}
