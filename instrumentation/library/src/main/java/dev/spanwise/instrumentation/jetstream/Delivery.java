package dev.spanwise.instrumentation.jetstream;

import io.nats.client.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message in the application's hands. Its processing begins when it is handed out; where nobody
 * told whether messages are settled, at the first that the application is seen to do with it: a
 * loop that goes on may be done with the message, or have given it to another thread. Safe for use
 * by several threads.
 */
final class Delivery {
  private final Message message;
  private final ConsumerKind kind;
  private final ProcessTelemetry telemetry;
  private final HandedOut handedOut = new HandedOut(Instant.now(), System.nanoTime());

  // Guarded by this.
  private @Nullable Processing processing;
  private boolean begun;

  /** Of a message whose processing has yet to begin. */
  Delivery(Message message, ConsumerKind kind, ProcessTelemetry telemetry) {
    this.message = message;
    this.kind = kind;
    this.telemetry = telemetry;
  }

  /** Of a message whose processing has begun. */
  Delivery(Message message, Processing processing, ProcessTelemetry telemetry) {
    this(message, processing.kind(), telemetry);
    this.processing = processing;
    begun = true;
  }

  /** Null where it has not begun, or its span could not be started. */
  synchronized @Nullable Processing processing() {
    return processing;
  }

  /**
   * Begins now, unless it has.
   *
   * @param told the consumer's kind, as far as who begins knows it
   */
  synchronized @Nullable Processing begin(ConsumerKind told) {
    return begin(told.policy() == null ? kind : told, null);
  }

  /**
   * Begins when the message was handed out, unless it has: a settlement ends what began then.
   *
   * @return null also where it had begun
   */
  synchronized @Nullable Processing beginSettled() {
    return begun ? null : begin(kind, handedOut);
  }

  private @Nullable Processing begin(ConsumerKind known, @Nullable HandedOut since) {
    if (!begun) {
      begun = true;
      processing = telemetry.startCounted(message, known, since);
    }
    return processing;
  }
}
