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

  /** The application goes on to the next message, or stops. */
  void asked() {
    instrumentation.pulled().left(this);
  }

  /** A message of a batch, got by its place: nothing will tell when the application is done. */
  Message got(Message message) {
    if (kind.policy() == AckPolicy.None) {
      return message;
    }
    return kind.awaitsSettlement()
        ? instrumentation.begun(message, kind)
        : instrumentation.handedOut(message, kind);
  }

  /** The next message. Its span may be current until the next is asked for. */
  Message taken(Message message) {
    if (kind.policy() == null && !instrumentation.pulled().makesCurrent()) {
      return instrumentation.handedOut(message, kind);
    }
    Message begun = instrumentation.begun(message, kind);
    Processing processing = Instrumentation.processingOf(begun);
    if (processing != null && !processing.hasEnded()) {
      instrumentation.pulled().taken(this, processing);
    }
    return begun;
  }

  MessageHandler handler(MessageHandler handler) {
    return instrumentation.handler(handler, kind, false);
  }
}
