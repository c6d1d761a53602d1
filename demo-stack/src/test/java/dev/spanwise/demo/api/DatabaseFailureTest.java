package dev.spanwise.demo.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.telemetry.Metrics;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.semconv.ErrorAttributes;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFailureTest {
  @Test
  void aFailedReadIsA500WithErrorSpans(@TempDir Path directory) throws Exception {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    DemoDatabase database = DemoDatabase.start(directory);
    try (ReadApi api = ReadApiTest.start(database.jdbcUrl(), false, spans)) {
      HttpResponse<String> noTable = ReadApiTest.get(api, Read.LEADERBOARD.path(1));
      ReadApiTest.awaitServerSpan(api, spans);

      assertThat(noTable.statusCode()).isEqualTo(500);
      assertThat(noTable.body()).doesNotContain("select");
      assertThat(spans.getFinishedSpanItems())
          .hasSize(3)
          .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR);
      SpanData statement =
          spans.getFinishedSpanItems().stream()
              .filter(span -> span.getKind() == SpanKind.CLIENT)
              .findFirst()
              .orElseThrow();
      assertThat(statement.getAttributes().get(ErrorAttributes.ERROR_TYPE))
          .isEqualTo("org.postgresql.util.PSQLException");

      spans.reset();
      database.close();
      HttpResponse<String> noServer = ReadApiTest.get(api, Read.LEADERBOARD.path(1));
      ReadApiTest.awaitServerSpan(api, spans);

      assertThat(noServer.statusCode()).isEqualTo(500);
      assertThat(spans.getFinishedSpanItems())
          .filteredOn(span -> span.getKind() != SpanKind.CLIENT)
          .hasSize(2)
          .allMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR);
    } finally {
      database.close();
    }
  }

  @Test
  void doesNotStartWithoutADatabase() {
    ReadApiSettings settings =
        new ReadApiSettings(
            "jdbc:postgresql://127.0.0.1:1/none",
            URI.create("http://127.0.0.1:1"),
            false,
            null,
            new Metrics());

    assertThatThrownBy(() -> ReadApi.start(settings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none");
  }
}
