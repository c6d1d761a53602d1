package dev.spanwise.demo.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.database.TradingReadModel;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.semconv.DbAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.ServiceAttributes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("NullAway.Init") // set before the tests
class ReadApiTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ReadModelSize SMALL = new ReadModelSize(200, 400, 20, 5_000, 5_000);
  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  @TempDir private static Path directory;
  private static DemoDatabase database;

  private static final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private static ReadApi api;

  @BeforeAll
  static void load() throws Exception {
    database = DemoDatabase.start(directory);
    TradingReadModel.load(database, SMALL, step -> {});
    api = start(database.jdbcUrl(), false, spans);
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
    database.close();
  }

  @BeforeEach
  void forgetSpans() {
    spans.reset();
  }

  @ParameterizedTest
  @EnumSource(Read.class)
  void everyReadAnswersWithItsSpans(Read read) throws Exception {
    HttpResponse<String> response = get(api, read.path(7));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode body = new ObjectMapper().readTree(response.body());
    assertThat(body.findValues(firstItemField(read))).isNotEmpty();

    awaitServerSpan(api, spans);
    assertThat(api.flush().dropped()).isZero();
    SpanData server = only(SpanKind.SERVER);
    assertThat(server.getName()).isEqualTo("GET " + read.route());
    assertThat(server.getTraceId()).isEqualTo(TRACE_ID);
    assertThat(server.getAttributes().get(HttpAttributes.HTTP_ROUTE)).isEqualTo(read.route());
    assertThat(server.getAttributes().get(HttpAttributes.HTTP_REQUEST_METHOD)).isEqualTo("GET");
    assertThat(server.getAttributes().get(HttpAttributes.HTTP_RESPONSE_STATUS_CODE)).isEqualTo(200);
    assertThat(server.getResource().getAttribute(ServiceAttributes.SERVICE_NAME))
        .isEqualTo("read-api");
    SpanData named = only(SpanKind.INTERNAL);
    assertThat(named.getParentSpanId()).isEqualTo(server.getSpanId());
    assertThat(named.getName()).isEqualTo(read.readName());
    assertThat(named.getAttributes().get(SpanwiseAttributes.SPANWISE_READ_NAME))
        .isEqualTo(read.readName());
    assertThat(of(SpanKind.CLIENT))
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              assertThat(statement.getParentSpanId()).isEqualTo(named.getSpanId());
              assertThat(statement.getAttributes().get(DbAttributes.DB_SYSTEM_NAME))
                  .isEqualTo("postgresql");
              assertThat(statement.getAttributes().get(DbAttributes.DB_QUERY_TEXT))
                  .startsWith("select ");
              assertThat(statement.getAttributes().get(SpanwiseAttributes.POSTGRESQL_PID))
                  .isPositive();
            });
  }

  private static String firstItemField(Read read) {
    return switch (read) {
      case WATCHLIST, PORTFOLIO_SUMMARY -> "symbol";
      case LEADERBOARD -> "returnPercent";
      case TRADE_HISTORY -> "executedAt";
      case FEED -> "headline";
    };
  }

  @Test
  void thePortfolioSendsOneStatementForEachPosition() throws Exception {
    JsonNode oneByOne = portfolio(api);
    int positions = oneByOne.get("summary").get("positionCount").asInt();
    awaitServerSpan(api, spans);

    assertThat(positions).isBetween(10, 30);
    assertThat(oneByOne.get("holdings")).hasSize(positions);
    assertThat(statements("i.instrument_id = ?")).hasSize(positions);
    assertThat(of(SpanKind.CLIENT)).hasSize(positions + 3);
  }

  @Test
  void theBatchedPortfolioSendsOneStatementForAllAndSaysTheSame() throws Exception {
    JsonNode oneByOne = portfolio(api);
    InMemorySpanExporter batchedSpans = InMemorySpanExporter.create();
    try (ReadApi batched = start(database.jdbcUrl(), true, batchedSpans)) {
      assertThat(portfolio(batched)).isEqualTo(oneByOne);
      awaitServerSpan(batched, batchedSpans);
      awaitServerSpan(api, spans);
      assertThat(batchedSpans.getFinishedSpanItems())
          .filteredOn(span -> span.getKind() == SpanKind.CLIENT)
          .hasSize(4)
          .filteredOn(
              span ->
                  String.valueOf(span.getAttributes().get(DbAttributes.DB_QUERY_TEXT))
                      .contains("i.instrument_id = any(?)"))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Read.class, mode = EnumSource.Mode.EXCLUDE, names = "LEADERBOARD")
  void anAccountThatDoesNotExistIsNotFoundAndNoFailure(Read read) throws Exception {
    HttpResponse<String> response = get(api, read.path(1_000_000));
    awaitServerSpan(api, spans);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("account 1000000");
    assertThat(spans.getFinishedSpanItems())
        .isNotEmpty()
        .noneMatch(span -> span.getStatus().getStatusCode().name().equals("ERROR"));
  }

  @Test
  void anAccountThatIsNoNumberIsABadRequest() throws Exception {
    HttpResponse<String> response = get(api, "/accounts/seven/trades");
    awaitServerSpan(api, spans);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("whole number");
  }

  static ReadApi start(String jdbcUrl, boolean batchedPortfolio, SpanExporter exporter) {
    URI unused = URI.create("http://127.0.0.1:1");
    return ReadApi.start(
        new ReadApiSettings(jdbcUrl, unused, batchedPortfolio, null, new Metrics()), exporter);
  }

  /** A request's span ends only after its answer has been sent. */
  static void awaitServerSpan(ReadApi api, InMemorySpanExporter spans) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    do {
      api.flush();
      if (spans.getFinishedSpanItems().stream()
          .anyMatch(span -> span.getKind() == SpanKind.SERVER)) {
        return;
      }
      Thread.sleep(5);
    } while (System.nanoTime() - deadline < 0);
    throw new AssertionError("no server span in five seconds");
  }

  private static JsonNode portfolio(ReadApi api) throws Exception {
    return new ObjectMapper().readTree(get(api, Read.PORTFOLIO_SUMMARY.path(7)).body());
  }

  static HttpResponse<String> get(ReadApi api, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.uri().resolve(path))
            .header("traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-01")
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private List<SpanData> statements(String condition) {
    return of(SpanKind.CLIENT).stream()
        .filter(
            span ->
                String.valueOf(span.getAttributes().get(DbAttributes.DB_QUERY_TEXT))
                    .contains(condition))
        .toList();
  }

  private SpanData only(SpanKind kind) {
    assertThat(of(kind)).hasSize(1);
    return of(kind).get(0);
  }

  private List<SpanData> of(SpanKind kind) {
    return spans.getFinishedSpanItems().stream().filter(span -> span.getKind() == kind).toList();
  }
}
