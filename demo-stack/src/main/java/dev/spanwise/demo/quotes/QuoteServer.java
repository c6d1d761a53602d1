package dev.spanwise.demo.quotes;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.websocket.WebSocketService;
import dev.spanwise.demo.lifecycle.RunningParts;
import dev.spanwise.demo.stream.LedgerChange;
import dev.spanwise.demo.stream.LedgerStreams;
import dev.spanwise.demo.stream.MalformedChangeException;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.demo.telemetry.SpanCounts;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.api.OrderedConsumerConfiguration;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service that sends quotes to WebSocket clients: {@code /quotes}, a JSON array of the newest
 * quotes as often as the client takes one. A client that connects gets the latest quote of each
 * instrument that moved. One that takes nothing for {@link QuoteClient#LIMIT} is closed.
 *
 * <p>Safe for use by several threads.
 */
public final class QuoteServer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(QuoteServer.class);
  private static final String SERVICE_NAME = "quote-stream";
  private static final String ROUTE = "/quotes";

  private final Set<QuoteClient> clients = ConcurrentHashMap.newKeySet();

  /** By instrument: as many as there are instruments. */
  private final Map<Long, Quote> latest = new ConcurrentHashMap<>();

  private final RunningParts parts;
  private final ServiceTelemetry telemetry;
  private final Server server =
      Server.builder()
          .localPort(0, SessionProtocol.HTTP)
          .meterRegistry(NoopMeterRegistry.get())
          .service(ROUTE, WebSocketService.of((ctx, incoming) -> accept(incoming)))
          .build();

  private QuoteServer(RunningParts parts, ServiceTelemetry telemetry) {
    this.parts = parts;
    this.telemetry = telemetry;
  }

  /**
   * Starts on a free port of the loopback interface.
   *
   * @param natsUrl where the streams are, which must be there already
   * @throws IOException if the streams cannot be reached
   */
  public static QuoteServer start(String natsUrl, SpanExporter exporter, Metrics metrics)
      throws IOException {
    RunningParts parts = new RunningParts();
    try {
      ServiceTelemetry telemetry =
          parts.keep(new ServiceTelemetry(SERVICE_NAME, exporter, metrics));
      Connection connection = LedgerStreams.connect(natsUrl, SERVICE_NAME, telemetry.library());
      parts.keep(() -> LedgerStreams.close(connection));
      QuoteServer quotes = new QuoteServer(parts, telemetry);
      quotes.serve();
      quotes.follow(connection);
      return quotes;
    } catch (IOException | JetStreamApiException | RuntimeException e) {
      IOException failure = new IOException("the quotes cannot be streamed: " + e.getMessage(), e);
      parts.endAfter(failure);
      throw failure;
    }
  }

  private void serve() {
    parts.keep(() -> server.stop().join());
    parts.keep(() -> clients.forEach(QuoteClient::close));
    server.start().join();
  }

  private void follow(Connection connection) throws IOException, JetStreamApiException {
    MessageConsumer consumer =
        connection
            .getStreamContext(LedgerStreams.QUOTES)
            .createOrderedConsumer(new OrderedConsumerConfiguration())
            .consume(this::handle);
    parts.keep(consumer::stop);
  }

  private void handle(Message message) {
    try {
      LedgerChange change = LedgerChange.of(message.getData());
      Quote quote = new Quote(change.number("instrument_id"), change.text("price"));
      latest.put(quote.instrument(), quote);
      clients.forEach(client -> client.offer(quote));
    } catch (MalformedChangeException e) {
      logger.warn("message {} is dropped", message.metaData().streamSequence(), e);
    }
  }

  private WebSocket accept(WebSocket incoming) {
    QuoteClient client = new QuoteClient(QuoteClient.LIMIT, clients::remove);
    clients.add(client);
    latest.values().forEach(client::offer);
    return client.connect(incoming);
  }

  /** Where clients connect: {@code ws://127.0.0.1:port/quotes}. */
  public URI uri() {
    return URI.create("ws://127.0.0.1:" + server.activeLocalPort() + ROUTE);
  }

  /** Waits until all ended spans have been sent, ten seconds at most. */
  public SpanCounts flush() {
    return telemetry.flush();
  }

  @Override
  public void close() {
    parts.close();
  }
}
