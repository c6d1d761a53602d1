package dev.spanwise.examples.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Additions to watchlists, as messages {@code ACCOUNT SYMBOL} in a stream. */
@Component
class Projector {
  private static final String SUBJECT = "watchlists.add";

  private final Connection nats;
  private final Watchlists watchlists;
  private final Invalidations invalidations;

  Projector(Connection nats, Watchlists watchlists, Invalidations invalidations)
      throws IOException, JetStreamApiException {
    this.nats = nats;
    this.watchlists = watchlists;
    this.invalidations = invalidations;
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
    } catch (RuntimeException e) {
      message.nak();
      throw e;
    }
  }
}
