package dev.spanwise.instrumentation.jetstream;

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
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerInfo;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Proxy;
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
    try {
      return given == null || Interceptor.stands(given) ? given : intercepted(given);
    } catch (Throwable e) {
      publishing.tracing().failures().report("the instrumentation of JetStream", e);
      return given;
    }
  }

  private Object intercepted(Object given) {
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
      return pulling(consumer, ConsumerContext.class, policy(consumer));
    }
    if (given instanceof OrderedConsumerContext consumer) {
      return pulling(consumer, OrderedConsumerContext.class, AckPolicy.None);
    }
    return given;
  }

  <T> T instrumented(Class<T> type, T given) {
    Object instrumented = instrument(given);
    return type.isInstance(instrumented) ? type.cast(instrumented) : given;
  }

  /** Something that the application asks for messages. */
  <T> T pulling(T delegate, Class<T> type, AckPolicy policy) {
    return Interceptor.stands(delegate)
        ? delegate
        : new PullInterceptor<>(delegate, new MessageSource(this, policy)).proxy(type);
  }

  JetStreamSubscription subscription(JetStreamSubscription subscription, AckPolicy policy) {
    return pulling(subscription, JetStreamSubscription.class, policy);
  }

  MessageHandler handler(MessageHandler handler, AckPolicy policy, boolean acknowledges) {
    return message -> process(message, policy, acknowledges, handler::onMessage);
  }

  /** A message whose processing begins here, unless it has begun already. */
  Message begun(Message message, AckPolicy policy) {
    Processing started = Interceptor.stands(message) ? null : processing.start(message, policy);
    return started == null ? message : settleable(message, started);
  }

  private Message settleable(Message message, Processing started) {
    return new MessageInterceptor(message, started, pulled).proxy(Message.class);
  }

  /**
   * Runs what an application does with a message.
   *
   * @param acknowledges whether jnats acknowledges the message once this returns
   */
  <E extends Exception> void process(
      Message message, AckPolicy policy, boolean acknowledges, MessageBody<E> body) throws E {
    Processing begun = processingOf(message);
    boolean goesOn = begun != null && !begun.hasEnded();
    Processing started = goesOn ? begun : processing.start(message, policy);
    if (started == null) {
      body.accept(message);
      return;
    }
    SafeSpan span = started.span();
    started.entered();
    Scope scope = span.makeCurrent();
    try {
      body.accept(goesOn ? message : settleable(message, started));
      if (acknowledges) {
        started.settled(Settlement.ACK);
      }
    } catch (Throwable e) {
      started.failed(e);
      throw e;
    } finally {
      span.close(scope);
      started.left();
    }
  }

  /** What began when the application got the message from us. */
  static @Nullable Processing processingOf(Message message) {
    return Proxy.isProxyClass(message.getClass())
            && Proxy.getInvocationHandler(message) instanceof MessageInterceptor interceptor
        ? interceptor.processing()
        : null;
  }

  private static AckPolicy policy(ConsumerContext consumer) {
    ConsumerInfo info = consumer.getCachedConsumerInfo();
    AckPolicy policy = info == null ? null : info.getConsumerConfiguration().getAckPolicy();
    return policy == null ? AckPolicy.Explicit : policy;
  }
}
