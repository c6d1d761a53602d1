package dev.spanwise.testing.contract;

import dev.spanwise.testing.server.NatsServer;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The stream and the consumer of a {@code PullApplication}, and whoever publishes to it. */
final class Orders implements AutoCloseable {
  /** What a publisher may write where a trace is expected. */
  static final List<Map<String, String>> BROKEN =
      List.of(
          Map.of("traceparent", ""),
          Map.of("traceparent", "00-zz-zz-zz"),
          Map.of("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736"),
          Map.of("traceparent", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
          Map.of("traceparent", "00-00000000000000000000000000000000-0000000000000000-01"),
          Map.of("traceparent", "x".repeat(10_000)),
          Map.of("tracestate", "=,=,", "baggage", "%%%=%"),
          Map.of("TraceParent", "00", "Nats-Expected-Nothing", ""));

  private static final Duration RECONNECT_WAIT = Duration.ofMillis(100);

  private final Connection connection;

  private Orders(Connection connection) {
    this.connection = connection;
  }

  static Orders on(NatsServer server) throws Exception {
    Connection connection =
        Nats.connect(
            Options.builder()
                .server(server.url())
                .maxReconnects(-1)
                .reconnectWait(RECONNECT_WAIT)
                .build());
    connection
        .jetStreamManagement()
        .addStream(StreamConfiguration.builder().name("ORDERS").subjects("orders").build());
    connection
        .getStreamContext("ORDERS")
        .createOrUpdateConsumer(ConsumerConfiguration.builder().durable("puller").build());
    return new Orders(connection);
  }

  void publish(Map<String, String> headers, String body) throws IOException, JetStreamApiException {
    Headers all = new Headers();
    headers.forEach((name, value) -> all.put(name, value));
    connection.jetStream().publish("orders", all, body.getBytes(StandardCharsets.UTF_8));
  }

  /** One message with each of the broken headers, and the end. */
  void publishBrokenHeaders() throws IOException, JetStreamApiException {
    for (Map<String, String> headers : BROKEN) {
      publish(headers, "broken");
    }
    publish(Map.of(), "end");
  }

  /** The end, stored once however often it is published. */
  void publishEnd() throws IOException, JetStreamApiException {
    connection
        .jetStream()
        .publish(
            "orders",
            "end".getBytes(StandardCharsets.UTF_8),
            PublishOptions.builder().messageId("end").build());
  }

  /** Whether the application has settled everything and waits for more. */
  boolean isPulledInVain() throws IOException, JetStreamApiException {
    ConsumerInfo puller = connection.jetStreamManagement().getConsumerInfo("ORDERS", "puller");
    return puller.getNumWaiting() > 0
        && puller.getNumPending() == 0
        && puller.getNumAckPending() == 0;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
