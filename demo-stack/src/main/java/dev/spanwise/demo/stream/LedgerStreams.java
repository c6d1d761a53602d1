package dev.spanwise.demo.stream;

import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * The two streams of the ledger's changes, and who reads them.
 *
 * <ul>
 *   <li>{@code LEDGER} keeps every change, as {@code ledger.<table>.<operation>}: what the read
 *       model is made of.
 *   <li>{@code QUOTES} keeps the latest quote of each instrument alone, as {@code
 *       quotes.<instrument>}: whoever falls behind misses what is out of date.
 * </ul>
 */
public final class LedgerStreams {
  /** Every change but those of quotes. */
  public static final String LEDGER = "LEDGER";

  /** The latest quote of each instrument. */
  public static final String QUOTES = "QUOTES";

  /** The durable consumer that the read model is kept by. */
  public static final String READ_MODEL = "read-model";

  private static final long MAX_BYTES = 64L << 20;
  private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);
  private static final Duration ACK_WAIT = Duration.ofSeconds(10);
  private static final int MAX_ACK_PENDING = 256;

  private LedgerStreams() {}

  /**
   * Connects a service, for as long as it runs: a lost connection is made again. What it publishes
   * and processes has spans and meters.
   *
   * @param url {@code nats://user:password@host:port}; the password is in no message about it
   * @throws IOException if there is no server
   */
  public static Connection connect(String url, String serviceName, Telemetry telemetry)
      throws IOException {
    return JetStreamTelemetry.create(telemetry).wrap(connect(url, serviceName));
  }

  private static Connection connect(String url, String serviceName) throws IOException {
    URI server = URI.create(url);
    Options.Builder options =
        new Options.Builder()
            // Alone: the client's messages quote it.
            .server("nats://" + server.getHost() + ":" + server.getPort())
            .connectionName(serviceName)
            .maxReconnects(-1)
            .reconnectWait(Duration.ofMillis(200))
            .errorListener(new ConnectionLog());
    String user = server.getUserInfo();
    if (user != null) {
      String[] nameAndPassword = user.split(":", 2);
      options.userInfo(nameAndPassword[0], nameAndPassword[1]);
    }
    try {
      return Nats.connect(options.build());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while connecting to the streams", e);
    }
  }

  /** Ends a connection; what was published and not sent yet is lost. */
  public static void close(Connection connection) {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Makes the streams and the read model's consumer, where they are not there yet.
   *
   * @throws IOException if there is no server, or it refuses
   */
  public static void create(String url) throws IOException {
    Connection connection = connect(url, "ledger-streams");
    try {
      create(connection);
    } catch (JetStreamApiException e) {
      throw new IOException("the streams could not be made", e);
    } finally {
      close(connection);
    }
  }

  private static void create(Connection connection) throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    management.addStream(stream(LEDGER, "ledger.>").duplicateWindow(DUPLICATE_WINDOW).build());
    management.addStream(stream(QUOTES, "quotes.*").maxMessagesPerSubject(1).build());
    management.addOrUpdateConsumer(
        LEDGER,
        ConsumerConfiguration.builder()
            .durable(READ_MODEL)
            .ackPolicy(AckPolicy.Explicit)
            .ackWait(ACK_WAIT)
            .maxAckPending(MAX_ACK_PENDING)
            .build());
  }

  private static StreamConfiguration.Builder stream(String name, String subjects) {
    return StreamConfiguration.builder()
        .name(name)
        .subjects(subjects)
        .storageType(StorageType.File)
        .maxBytes(MAX_BYTES);
  }

  /** Where a change goes. */
  public static String subject(LedgerChange change) {
    return change.table().equals("quotes")
        ? "quotes." + change.row().path("instrument_id").asText()
        : "ledger." + change.table() + "." + change.operation();
  }
}
