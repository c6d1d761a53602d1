package dev.spanwise.examples.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.sql.SQLException;

/** Additions to watchlists, as messages {@code ACCOUNT SYMBOL} in a stream. */
final class Projector implements AutoCloseable {
  private static final String SUBJECT = "watchlists.add";

  private final Connection nats;
  private final Watchlists watchlists;
  private final Invalidations invalidations;

  Projector(String url, Telemetry telemetry, Watchlists watchlists, Invalidations invalidations)
      throws IOException, InterruptedException, JetStreamApiException {
    this.watchlists = watchlists;
    this.invalidations = invalidations;
    nats = JetStreamTelemetry.create(telemetry).wrap(Nats.connect(url));
    nats.jetStreamManagement()
        .addStream(StreamConfiguration.builder().name("WATCHLISTS").subjects(SUBJECT).build());
    nats.jetStreamManagement()
        .addOrUpdateConsumer(
            "WATCHLISTS",
            ConsumerConfiguration.builder().durable("projector").maxDeliver(3).build());
    nats.getConsumerContext("WATCHLISTS", "projector").consume(this::add);
  }

  void publish(String account, String symbol) throws IOException, JetStreamApiException {
    nats.jetStream().publish(SUBJECT, (account + " " + symbol).getBytes(UTF_8));
  }

  private void add(Message message) {
    String[] words = new String(message.getData(), UTF_8).split(" ", 2);
    if (words.length < 2) {
      message.term();
      return;
    }
    try {
      invalidations.publish(watchlists.add(words[0], words[1]));
      message.ack();
    } catch (SQLException | RuntimeException e) {
      message.nak();
      throw new IllegalStateException("a symbol was not added", e);
    }
  }

  @Override
  public void close() {
    try {
      nats.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
