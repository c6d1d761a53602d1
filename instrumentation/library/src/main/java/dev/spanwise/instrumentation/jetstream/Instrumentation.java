package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.OrderedConsumerContext;
import io.nats.client.StreamContext;
import io.opentelemetry.context.Scope;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts interceptors before jnats' objects. Safe for use by several threads. */
final class Instrumentation {
  private final PublishTelemetry publishing;
  private final ProcessTelemetry processing;
  private final PulledMessages pulled;

  /** The server's {@code max_payload}. */
  private final LongSupplier maxPayloadBytes;

  Instrumentation(
      PublishTelemetry publishing,
      ProcessTelemetry processing,
      PulledMessages pulled,
      LongSupplier maxPayloadBytes) {
    this.publishing = publishing;
    this.processing = processing;
    this.pulled = pulled;
    this.maxPayloadBytes = maxPayloadBytes;
  }

  PublishTelemetry publishing() {
    return publishing;
  }

  PulledMessages pulled() {
    return pulled;
  }

  long maxPayloadBytes() {
    return maxPayloadBytes.getAsLong();
  }

  Connection connection(Connection connection) {
    if (Interceptor.stands(connection)) {
      return connection;
    }
    return new ContextInterceptor<>(connection, limitedBy(connection)).proxy(Connection.class);
  }

  /** The same for what a connection gives, which knows its server's limit. */
  Instrumentation limitedBy(Connection connection) {
    return new Instrumentation(publishing, processing, pulled, connection::getMaxPayload);
  }

  /**
   * What a connection, stream or JetStream gives; as it is, where it neither sends nor receives.
   */
  @Nullable Object instrument(@Nullable Object given) {
    return instrument(given, false);
  }

  /**
   * Likewise.
   *
   * @param unnamed whether it is a consumer that was asked for without a name
   */
  @Nullable Object instrument(@Nullable Object given, boolean unnamed) {
    try {
      return given == null || Interceptor.stands(given) ? given : intercepted(given, unnamed);
    } catch (Throwable e) {
      publishing.tracing().failures().report(Loss.JETSTREAM, given.getClass().getName(), e);
      return given;
    }
  }

  private Object intercepted(Object given, boolean unnamed) {
    if (given instanceof JetStream jetStream) {
      return new JetStreamInterceptor(jetStream, this).proxy(JetStream.class);
    }
    if (given instanceof JetStreamManagement management) {
      return new ContextInterceptor<>(management, this).proxy(JetStreamManagement.class);
    }
    if (given instanceof StreamContext stream) {
      return new ContextInterceptor<>(stream, this).proxy(StreamContext.class);
    }
    if (given instanceof ConsumerContext consumer) {
      ConsumerKind kind = ConsumerKind.of(consumer.getCachedConsumerInfo());
      return pulling(consumer, ConsumerContext.class, unnamed ? kind.unnamed() : kind);
    }
    if (given instanceof OrderedConsumerContext consumer) {
      return pulling(consumer, OrderedConsumerContext.class, ConsumerKind.ORDERED);
    }
    return given;
  }

  <T> T instrumented(Class<T> type, T given) {
    Object instrumented = instrument(given);
    return type.isInstance(instrumented) ? type.cast(instrumented) : given;
  }

  /** Something that the application asks for messages. */
  <T> T pulling(T delegate, Class<T> type, ConsumerKind kind) {
    return Interceptor.stands(delegate)
        ? delegate
        : new PullInterceptor<>(delegate, new MessageSource(this, kind)).proxy(type);
  }

  JetStreamSubscription subscription(JetStreamSubscription subscription, ConsumerKind kind) {
    return pulling(subscription, JetStreamSubscription.class, kind);
  }

  MessageHandler handler(MessageHandler handler, ConsumerKind kind, boolean acknowledges) {
    return message -> process(message, kind, acknowledges, handler::onMessage);
  }

  /** A message whose processing begins here, unless it has begun already. */
  Message begun(Message message, ConsumerKind kind) {
    SettledMessage known = SettledMessage.behind(message);
    if (known != null) {
      known.delivery().begin(kind);
      return message;
    }
    Processing started = processing.start(message, kind);
    return started == null ? message : settled(message, started);
  }

  /** A message whose processing begins at the first that the application is seen to do with it. */
  Message handedOut(Message message, ConsumerKind kind) {
    if (SettledMessage.behind(message) != null || !message.isJetStream()) {
      return message;
    }
    processing.received(message, kind);
    return SettledMessage.of(message, new Delivery(message, kind, processing), pulled);
  }

  private Message settled(Message message, Processing started) {
    return SettledMessage.of(message, new Delivery(message, started, processing), pulled);
  }

  /**
   * Runs what an application does with a message.
   *
   * @param acknowledges whether jnats acknowledges the message once this returns
   */
  <E extends Exception> void process(
      Message message, ConsumerKind kind, boolean acknowledges, MessageBody<E> body) throws E {
    SettledMessage known = SettledMessage.behind(message);
    Processing begun = known == null ? null : known.delivery().begin(kind);
    boolean goesOn = begun != null && !begun.hasEnded();
    Processing started = goesOn ? begun : startedAnew(message, kind, known != null);
    if (started == null) {
      body.accept(message);
      return;
    }
    SafeSpan span = started.span();
    started.entered();
    Scope scope = span.makeCurrent();
    try {
      if (goesOn) {
        body.accept(message);
      } else {
        body.accept(settled(message, started));
      }
      if (acknowledges) {
        started.settled(Settlement.ACK);
      }
    } catch (Throwable e) {
      started.failed(e);
      throw e;
    } finally {
      // While the span is still current: that is where an exemplar comes from.
      started.left();
      span.close(scope);
    }
  }

  private @Nullable Processing startedAnew(Message message, ConsumerKind kind, boolean counted) {
    return counted ? processing.startCounted(message, kind, null) : processing.start(message, kind);
  }

  /** What began when the application got the message from us. */
  static @Nullable Processing processingOf(Message message) {
    SettledMessage settled = SettledMessage.behind(message);
    return settled == null ? null : settled.delivery().processing();
  }
}
