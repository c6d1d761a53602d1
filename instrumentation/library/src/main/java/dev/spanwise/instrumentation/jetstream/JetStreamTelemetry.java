package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStream;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageHandler;
import io.nats.client.api.AckPolicy;
import java.util.Objects;

/**
 * Spans and meters for what an application publishes to and processes from NATS JetStream, with
 * jnats 2.17.2 or newer. Wrap the connection, and go on as before:
 *
 * <pre>{@code
 * Connection nats = JetStreamTelemetry.create(telemetry).wrap(Nats.connect(options));
 * }</pre>
 *
 * <p>Publishing makes a span and sends its context in the message's headers; the caller's own
 * headers are not touched. Processing makes a span for each delivery, the child of the publisher's
 * unless {@link ProducerRelation#LINK} is chosen:
 *
 * <ul>
 *   <li>A handler's ({@code consume}, {@code subscribe}) lasts until the handler has returned and
 *       the message is settled.
 *   <li>That of a message which a loop asked for ({@code next}, {@code nextMessage}, {@code
 *       iterate}, {@code fetch}) lasts until the message is settled, on whichever thread. What is
 *       done with the message belongs in {@link #process}: a loop can be left anywhere, so its
 *       thread's context is not touched unless {@link
 *       JetStreamTelemetryBuilder#pulledMessagesCurrent} says so.
 *   <li>Where messages are not settled, a span ends when the handler returns, the loop goes on or
 *       its thread takes the consumer's next message.
 *   <li>Where nobody told whether they are (a consumer that was named without an acknowledgement
 *       policy), a loop's message has a span if {@link #process} or a settlement shows what became
 *       of it; a handler's, or one that is current, ends as if messages were not settled.
 *   <li>One that nobody settles ends at the redelivery, or after {@link
 *       JetStreamTelemetryBuilder#unsettledFor}, with the time at which the application was last
 *       seen with the message.
 * </ul>
 *
 * <p>A handler's exception passes on unchanged and is the span's error; a message that is
 * terminated without one is the error {@code terminated}. Where jnats acknowledges by itself
 * ({@code autoAck}), it does so once the handler has returned and the span has ended. Nothing is
 * asked of the server: the meters come from what every message says of itself. Streams are not read
 * or written through {@code KeyValue} and {@code ObjectStore}: these pass as they are.
 *
 * <p>Never breaks what it wraps; safe for use by several threads. Make one for each {@link
 * Telemetry}, for all its connections: two show their gauges in one series, the last value of
 * either.
 */
public final class JetStreamTelemetry {
  private static final String SCOPE = "dev.spanwise.jetstream";

  /** The {@code max_payload} of a server that is not told otherwise. */
  private static final long DEFAULT_MAX_PAYLOAD_BYTES = 1L << 20;

  private final Instrumentation instrumentation;

  JetStreamTelemetry(Telemetry telemetry, Settings settings) {
    Tracing tracing = telemetry.tracing(SCOPE);
    instrumentation =
        new Instrumentation(
            new PublishTelemetry(tracing),
            new ProcessTelemetry(telemetry, tracing, settings),
            new PulledMessages(tracing, settings.pulledMessagesCurrent()),
            () -> DEFAULT_MAX_PAYLOAD_BYTES);
  }

  public static JetStreamTelemetry create(Telemetry telemetry) {
    return new JetStreamTelemetry(telemetry, Settings.DEFAULT);
  }

  public static JetStreamTelemetryBuilder builder(Telemetry telemetry) {
    return new JetStreamTelemetryBuilder(Objects.requireNonNull(telemetry, "telemetry"));
  }

  /** A connection whose JetStream, streams and consumers are instrumented. */
  public Connection wrap(Connection connection) {
    return instrumentation.connection(connection);
  }

  /**
   * A JetStream that is instrumented. It does not know the server's {@code max_payload} and leaves
   * the context off where headers and body exceed the default, 1 MiB; wrap the connection where the
   * server's is another.
   */
  public JetStream wrap(JetStream jetStream) {
    return instrumentation.instrumented(JetStream.class, jetStream);
  }

  /**
   * What a connection gave, instrumented as {@link #wrap(Connection)} does: for an agent, which
   * stands behind the connection's methods and not before them.
   *
   * @param given a JetStream, its management, a stream or a consumer; anything else comes back as
   *     it is
   */
  public <T> T wrapGiven(Connection connection, Class<T> type, T given) {
    return instrumentation.limitedBy(connection).instrumented(type, given);
  }

  public ConsumerContext wrap(ConsumerContext consumer) {
    return instrumentation.instrumented(ConsumerContext.class, consumer);
  }

  /**
   * A subscription whose messages are asked for; one with a handler has nothing to wrap. Nobody
   * says here whether messages are settled, so a message has a span where {@link #process} is
   * called with it or it is settled.
   */
  public JetStreamSubscription wrap(JetStreamSubscription subscription) {
    return instrumentation.subscription(subscription, ConsumerKind.UNKNOWN);
  }

  /**
   * Likewise.
   *
   * @param policy the consumer's: where messages are to be settled, spans wait for that
   */
  public JetStreamSubscription wrap(JetStreamSubscription subscription, AckPolicy policy) {
    return instrumentation.subscription(subscription, ConsumerKind.of(policy));
  }

  /**
   * A handler for messages of a consumer or subscription that is not wrapped itself. Nobody says
   * here whether messages are settled, so a span ends when the handler returns.
   */
  public MessageHandler handler(MessageHandler handler) {
    return instrumentation.handler(handler, ConsumerKind.UNKNOWN, false);
  }

  /**
   * Likewise.
   *
   * @param policy the consumer's: where messages are to be settled, spans wait for that
   */
  public MessageHandler handler(MessageHandler handler, AckPolicy policy) {
    return instrumentation.handler(handler, ConsumerKind.of(policy), false);
  }

  /**
   * Processes a message with its span current, on whichever thread. The span is the one that began
   * when a wrapped consumer handed the message out, while it lasts, else a new one, which is not
   * counted as another delivery. A new one ends when the body returns.
   *
   * @throws E what the body threw, unchanged
   */
  public <E extends Exception> void process(Message message, MessageBody<E> body) throws E {
    instrumentation.process(message, ConsumerKind.UNKNOWN, false, body);
  }

  /**
   * Likewise.
   *
   * @param policy the consumer's: where messages are to be settled, a new span waits for that
   * @throws E what the body threw, unchanged
   */
  public <E extends Exception> void process(Message message, AckPolicy policy, MessageBody<E> body)
      throws E {
    instrumentation.process(message, ConsumerKind.of(policy), false, body);
  }
}
