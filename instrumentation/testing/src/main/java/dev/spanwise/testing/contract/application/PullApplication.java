package dev.spanwise.testing.contract.application;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Pulls the messages of the stream {@code ORDERS} by its consumer {@code puller}, both of which are
 * there, until one says {@code end}. Setting: {@code nats.url}. Says what each message was as
 * {@code pulled.0=} and so on, and the last exception as {@code failed=}.
 */
@SuppressWarnings(
    "try") // jnats' close() may be interrupted, which ends the application as it should.
public final class PullApplication implements Application {
  private static final Duration WAIT = Duration.ofSeconds(3);
  private static final Duration RECONNECT_WAIT = Duration.ofMillis(100);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  @Override
  public void run(Seam seam, Map<String, String> settings, PrintStream out) throws Exception {
    Options options =
        Options.builder()
            .server(settings.get("nats.url"))
            .maxReconnects(-1)
            .reconnectWait(RECONNECT_WAIT)
            .build();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    try (Connection connection = seam.connection(Nats.connect(options))) {
      ConsumerContext consumer = connection.getConsumerContext("ORDERS", "puller");
      String pulled = "";
      for (int count = 0; !pulled.endsWith("end"); ) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("no end came");
        }
        try {
          Message message = consumer.next(WAIT);
          if (message != null) {
            pulled = text(message);
            out.println("pulled." + count++ + "=" + pulled);
            message.ackSync(WAIT);
          }
        } catch (Exception e) {
          out.println("failed=" + e);
        }
      }
    }
  }

  /** Its subject, its headers and its body. */
  private static String text(Message message) {
    Map<String, Object> headers = new TreeMap<>();
    if (message.hasHeaders()) {
      message.getHeaders().forEach(headers::put);
    }
    return "%s %s %s"
        .formatted(
            message.getSubject(), headers, new String(message.getData(), StandardCharsets.UTF_8));
  }
}
