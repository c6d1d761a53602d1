package dev.spanwise.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.demo.server.InstalledServers;
import dev.spanwise.demo.telemetry.Metrics;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutServersTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void ordersAreWrittenAndTheRestIsLeftOut(@TempDir Path directory) throws Exception {
    TradingStackSettings settings =
        new TradingStackSettings(
            InstalledServers.NONE,
            directory,
            "jdbc:postgresql://127.0.0.1:1/unused",
            50,
            URI.create("http://127.0.0.1:1"),
            new Metrics());
    try (TradingStack stack = TradingStack.start(settings, InMemorySpanExporter::create)) {
      assertThat(stack.redisUrl()).isNull();
      assertThat(stack.quotes()).isNull();
      assertThat(post(stack, 50).statusCode()).isEqualTo(201);
      assertThat(post(stack, 51).statusCode()).isEqualTo(404);
      assertThat(post(stack, 0).body()).contains("instrument must be a positive number");
    }
  }

  private static HttpResponse<String> post(TradingStack stack, long instrument) throws Exception {
    String order =
        "{\"account\":7,\"instrument\":%d,\"side\":\"buy\",\"quantity\":1}".formatted(instrument);
    return HTTP.send(
        HttpRequest.newBuilder(stack.orders()).POST(BodyPublishers.ofString(order)).build(),
        BodyHandlers.ofString());
  }
}
