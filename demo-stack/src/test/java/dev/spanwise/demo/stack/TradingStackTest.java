package dev.spanwise.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.database.TradingReadModel;
import dev.spanwise.demo.server.InstalledServers;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.workload.QuoteListener;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before the tests
class TradingStackTest {
  private static final ReadModelSize SMALL = new ReadModelSize(200, 400, 20, 5_000, 5_000);

  @TempDir private static Path directory;
  private static DemoDatabase database;
  private static TradingStack stack;
  private static final InMemorySpanExporter spans = InMemorySpanExporter.create();

  @BeforeAll
  static void start() throws Exception {
    database = DemoDatabase.start(directory.resolve("read-model"));
    TradingReadModel.load(database, SMALL, step -> {});
    stack =
        TradingStack.start(
            new TradingStackSettings(
                InstalledServers.find(),
                directory,
                database.jdbcUrl(),
                SMALL.instruments(),
                URI.create("http://127.0.0.1:1"),
                new Metrics()),
            () -> spans);
  }

  @AfterAll
  static void stop() throws Exception {
    stack.close();
    database.close();
  }

  @Test
  void anOrderReachesTheReadModel() throws Exception {
    long before = stack.projected();
    HttpResponse<String> response =
        post("{\"account\":7,\"instrument\":12,\"side\":\"buy\",\"quantity\":10}");

    assertThat(response.statusCode()).isEqualTo(201);
    await(() -> stack.projected() >= before + 2);
  }

  @Test
  void quotesReachWebSocketClients() throws Exception {
    try (QuoteListener listener =
        QuoteListener.connect(java.util.Objects.requireNonNull(stack.quotes()))) {
      await(() -> listener.frames() >= 3);
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime() - deadline).as("ten seconds passed").isNegative();
      Thread.sleep(5);
    }
  }

  private static HttpResponse<String> post(String order) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(stack.orders())
                .POST(HttpRequest.BodyPublishers.ofString(order))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
