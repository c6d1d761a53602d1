package dev.spanwise.testing.contract.application;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.Dispatcher;
import io.nats.client.FetchConsumer;
import io.nats.client.IterableConsumer;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.StreamContext;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Publishes orders to a stream and processes them in every way that jnats has, each with a consumer
 * named after it. Setting: {@code nats.url}. Each consumer gets an order of its own, on the subject
 * {@code orders.<consumer>}, and acknowledges it but for {@code naks}, which refuses it once,
 * {@code terms}, which never wants it again, and {@code throws}, whose handler fails. One more
 * message, on {@code elsewhere}, is wanted by no stream.
 */
@SuppressWarnings(
    "try") // jnats' close() may be interrupted, which ends the application as it should.
public final class StreamApplication implements Application {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public void run(Seam seam, Map<String, String> settings, PrintStream out) throws Exception {
    Options options = Options.builder().server(settings.get("nats.url")).build();
    try (Connection connection = seam.connection(Nats.connect(options))) {
      connection
          .jetStreamManagement()
          .addStream(
              StreamConfiguration.builder()
                  .name("ORDERS")
                  .subjects("orders.>")
                  .storageType(StorageType.Memory)
                  .build());
      publish(connection.jetStream());
      StreamContext stream = connection.getStreamContext("ORDERS");
      fetch(connection.jetStream(), consumer(stream, "fetch"));
      iterate(consumer(stream, "iterate"));
      settle(consumer(stream, "next")).ack();
      consume(consumer(stream, "consume"));
      consumeAndThrow(consumer(stream, "throws"));
      ConsumerContext naks = consumer(stream, "naks");
      settle(naks).nak();
      settle(naks).ack();
      settle(consumer(stream, "terms")).term();
      poll(connection.jetStream());
      push(connection, connection.jetStream(), "pushes");
      push(connection, connection.jetStreamManagement().jetStream(), "managed");
      // Until the last handler has returned: its span ends after that.
      connection.drain(PATIENCE).get();
    }
    out.println("done=true");
  }

  private static void publish(JetStream jetStream) throws Exception {
    for (String consumer : new String[] {"fetch", "iterate", "next", "consume", "naks", "terms"}) {
      jetStream.publish("orders." + consumer, body(consumer));
    }
    for (String consumer : new String[] {"throws", "polls", "pushes", "managed"}) {
      jetStream.publishAsync("orders." + consumer, body(consumer)).get();
    }
    try {
      jetStream.publish("elsewhere", body("elsewhere"));
      throw new IllegalStateException("a message that no stream wants was acknowledged");
    } catch (IOException expected) {
      // Nobody answers.
    }
  }

  private static byte[] body(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ConsumerContext consumer(StreamContext stream, String name)
      throws IOException, JetStreamApiException {
    return stream.createOrUpdateConsumer(
        ConsumerConfiguration.builder()
            .durable(name)
            .filterSubject("orders." + name)
            .ackWait(PATIENCE)
            .maxDeliver(2)
            .build());
  }

  private static Message settle(ConsumerContext consumer) throws Exception {
    return received(consumer.next(PATIENCE));
  }

  private static void fetch(JetStream jetStream, ConsumerContext consumer) throws Exception {
    try (FetchConsumer fetch = consumer.fetchMessages(1)) {
      for (Message message = fetch.nextMessage(); message != null; message = fetch.nextMessage()) {
        jetStream.publish("orders.followed", body("followed"));
        message.ack();
      }
    }
  }

  private static void iterate(ConsumerContext consumer) throws Exception {
    try (IterableConsumer messages = consumer.iterate()) {
      received(messages.nextMessage(PATIENCE)).ack();
    }
  }

  private static void consume(ConsumerContext consumer) throws Exception {
    CountDownLatch settled = new CountDownLatch(1);
    try (MessageConsumer ignored =
        consumer.consume(
            message -> {
              message.ack();
              settled.countDown();
            })) {
      await(settled);
    }
  }

  private static void consumeAndThrow(ConsumerContext consumer) throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    try (MessageConsumer ignored =
        consumer.consume(
            message -> {
              failed.countDown();
              throw new IllegalStateException("a poison message");
            })) {
      await(failed);
    }
  }

  private static void poll(JetStream jetStream) throws Exception {
    received(
            jetStream
                .subscribe("orders.polls", PushSubscribeOptions.builder().durable("polls").build())
                .nextMessage(PATIENCE))
        .ack();
  }

  private static void push(Connection connection, JetStream jetStream, String consumer)
      throws Exception {
    CountDownLatch settled = new CountDownLatch(1);
    Dispatcher dispatcher = connection.createDispatcher();
    jetStream.subscribe(
        "orders." + consumer,
        dispatcher,
        message -> {
          message.ack();
          settled.countDown();
        },
        false,
        PushSubscribeOptions.builder().durable(consumer).build());
    await(settled);
  }

  private static Message received(Message message) {
    if (message == null) {
      throw new IllegalStateException("no message came within " + PATIENCE);
    }
    return message;
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("no message came within " + PATIENCE);
    }
  }
}
