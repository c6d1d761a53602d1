package dev.spanwise.instrumentation.jetstream;

import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.api.AckPolicy;

/**
 * One consumer or subscription whose messages the application asks for; what it gave last is let go
 * when it is asked again. Compared by identity.
 */
final class MessageSource {
  private final Instrumentation instrumentation;
  private final ConsumerKind kind;

  MessageSource(Instrumentation instrumentation, ConsumerKind kind) {
    this.instrumentation = instrumentation;
    this.kind = kind;
  }

  /** Whether the application may be expected to settle the messages. */
  boolean mayBeSettled() {
    return kind.policy() != AckPolicy.None;
  }

  /** The application goes on to the next message, or stops. */
  void asked() {
    instrumentation.pulled().left(this);
  }

  /** A message whose processing begins here, unless it has begun already. */
  Message begun(Message message) {
    return instrumentation.begun(message, kind);
  }

  /** The span of a message that {@link #begun} gave is current until the next is asked for. */
  void current(Message message) {
    Processing processing = Instrumentation.processingOf(message);
    if (processing != null && !processing.hasEnded()) {
      instrumentation.pulled().taken(this, processing);
    }
  }

  Message taken(Message message) {
    Message begun = begun(message);
    current(begun);
    return begun;
  }

  MessageHandler handler(MessageHandler handler) {
    return instrumentation.handler(handler, kind, false);
  }
}
