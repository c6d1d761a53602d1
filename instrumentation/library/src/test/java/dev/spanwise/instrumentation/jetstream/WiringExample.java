package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.Nats;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.function.Consumer;

/** The README's examples. */
final class WiringExample {
  private WiringExample() {}

  record Wired(JetStreamTelemetry jetStream, Connection nats) {}

  static Wired connection(String url, OpenTelemetry openTelemetry, MeterRegistry registry)
      throws Exception {
    Telemetry telemetry = Telemetry.of(openTelemetry, registry);
    // README
    JetStreamTelemetry jetStream = JetStreamTelemetry.create(telemetry);
    Connection nats = jetStream.wrap(Nats.connect(url));
    // README
    return new Wired(jetStream, nats);
  }

  static MessageConsumer use(Connection nats, byte[] order, Consumer<byte[]> projector)
      throws Exception {
    // README
    nats.jetStream().publish("orders.new", order);

    MessageConsumer consuming =
        nats.getConsumerContext("ORDERS", "projector")
            .consume(
                message -> {
                  projector.accept(message.getData());
                  message.ack();
                });
    // README
    return consuming;
  }

  static void loop(
      JetStreamTelemetry jetStream,
      JetStreamSubscription subscription,
      Consumer<byte[]> projector) {
    // README
    for (Message message : subscription.fetch(100, Duration.ofSeconds(1))) {
      jetStream.process(
          message,
          taken -> {
            projector.accept(taken.getData());
            taken.ack();
          });
    }
    // README
  }
}
