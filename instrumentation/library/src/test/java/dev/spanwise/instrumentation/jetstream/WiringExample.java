package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.Connection;
import io.nats.client.MessageConsumer;
import io.nats.client.Nats;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Consumer;

/** The README's example. */
final class WiringExample {
  private WiringExample() {}

  static Connection connection(String url, OpenTelemetry openTelemetry, MeterRegistry registry)
      throws Exception {
    Telemetry telemetry = Telemetry.of(openTelemetry, registry);
    // README
    Connection nats = JetStreamTelemetry.create(telemetry).wrap(Nats.connect(url));
    // README
    return nats;
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
}
