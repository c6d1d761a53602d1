package dev.spanwise.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.testing.otlp.ExportedSpan;
import dev.spanwise.testing.otlp.OtlpCollector;
import dev.spanwise.testing.server.NatsServer;
import dev.spanwise.testing.server.PostgresServer;
import dev.spanwise.testing.server.RedisServer;
import io.nats.client.Nats;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What both applications do and show, on real servers: seen from outside, by HTTP and OTLP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WatchlistContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Pattern TRACE_ID = Pattern.compile("trace_id=\"([0-9a-f]{32})\"");

  private final List<AutoCloseable> started = new ArrayList<>();
  private final Set<String> traces = new HashSet<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Map<String, String> settings = Map.of();
  private OtlpCollector collector;
  private PostgresServer postgres;
  private NatsServer nats;
  private String url;

  /** Where an application listens. */
  public record Running(int port, AutoCloseable application) {}

  protected abstract Running start(String jdbcUrl, String natsUrl, String redisUrl)
      throws Exception;

  protected abstract String metricsPath();

  @BeforeAll
  void startAll() throws Exception {
    collector = started(OtlpCollector.start());
    settings =
        Map.of(
            "otel.exporter.otlp.endpoint", collector.endpoint(),
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.bsp.schedule.delay", "50");
    settings.forEach(System::setProperty);
    postgres = started(PostgresServer.embedded());
    nats = started(NatsServer.start());
    RedisServer redis = started(RedisServer.start());
    Running running = start(postgres.jdbcUrl(), nats.url(), redis.url());
    started(running.application());
    url = "http://127.0.0.1:" + running.port();
  }

  @AfterAll
  void closeAll() throws Exception {
    for (int i = started.size() - 1; i >= 0; i--) {
      started.get(i).close();
    }
    settings.keySet().forEach(System::clearProperty);
  }

  @BeforeEach
  void forgetWhatWasExported() {
    collector.received().spans().forEach(span -> traces.add(span.traceId()));
    collector.clear();
  }

  @Test
  void aWriteIsOneTraceFromTheStreamToTheCache() throws Exception {
    assertThat(request("PUT", "/watchlists/alice/ACME").statusCode()).isEqualTo(202);

    ExportedSpan applied = await("process watchlists", span -> true);
    ExportedSpan published = parentOf(applied);
    ExportedSpan processed = parentOf(published);
    ExportedSpan sent = parentOf(processed);
    assertThat(List.of(published.name(), processed.name(), sent.name()))
        .containsExactly("publish watchlists", "process WATCHLISTS", "publish WATCHLISTS");
    assertThat(processed.attributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT))
        .isEqualTo("ack");
    ExportedSpan insert = inTrace(applied.traceId(), span -> span.kind() == SpanKind.CLIENT);
    assertThat(insert.parentSpanId()).isEqualTo(processed.spanId());
    assertThat(insert.attributes().get(SpanwiseAttributes.POSTGRESQL_PID)).isIn(backends());
  }

  @Test
  void aReadIsNamedAndItsStatementHasTheNameAndTheBackend() throws Exception {
    add("bob", "GLOBEX");
    forgetWhatWasExported();

    assertThat(request("GET", "/watchlists/bob").body()).contains("GLOBEX");
    assertThat(request("GET", "/watchlists/bob").body()).contains("GLOBEX");

    ExportedSpan miss = await("watchlist", cache("miss"));
    await("watchlist", cache("hit"));
    assertThat(miss.kind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(miss.attributes().get(SpanwiseAttributes.SPANWISE_READ_ROWS)).isEqualTo(1);
    assertThat(miss.attributes().get(SpanwiseAttributes.SPANWISE_JDBC_ROWS_FETCHED)).isEqualTo(1);
    List<ExportedSpan> statements =
        collector.received().spans("watchlist").stream()
            .filter(span -> span.kind() == SpanKind.CLIENT)
            .toList();
    assertThat(statements).hasSize(1);
    ExportedSpan statement = statements.get(0);
    assertThat(statement.parentSpanId()).isEqualTo(miss.spanId());
    assertThat(statement.attributes().get(SpanwiseAttributes.DB_QUERY_SUMMARY))
        .isEqualTo("watchlist");
    assertThat(statement.attributes().get(SpanwiseAttributes.POSTGRESQL_PID)).isIn(backends());
  }

  @Test
  void aReadAfterAnInvalidationSeesTheWrite() throws Exception {
    add("carol", "ACME");
    assertThat(request("GET", "/watchlists/carol").body()).contains("ACME");
    add("carol", "INITECH");

    assertThat(request("GET", "/watchlists/carol").body()).contains("ACME").contains("INITECH");
  }

  @Test
  void aMessageThatCannotBeReadIsTerminated() throws Exception {
    publishAsAStranger("nonsense");

    ExportedSpan processed = await("process WATCHLISTS", span -> true);
    assertThat(processed.parentSpanId()).isNull();
    assertThat(processed.attributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT))
        .isEqualTo("term");
  }

  @Test
  void eachDeliveryOfAMessageThatCannotBeWrittenIsAnError() throws Exception {
    publishAsAStranger("dave \0");

    ExportedSpan last =
        await(
            "process WATCHLISTS",
            span ->
                Long.valueOf(3)
                    .equals(
                        span.attributes()
                            .get(SpanwiseAttributes.SPANWISE_JETSTREAM_DELIVERY_COUNT)));
    assertThat(collector.received().spans("process WATCHLISTS"))
        .hasSize(3)
        .contains(last)
        .allSatisfy(
            span -> {
              assertThat(span.status()).isEqualTo(StatusCode.ERROR);
              assertThat(span.events()).hasSize(1);
              assertThat(span.attributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT))
                  .isEqualTo("nak");
            });
  }

  @Test
  void theMetricsLeadToATrace() throws Exception {
    add("erin", "ACME");
    request("GET", "/watchlists/erin");
    await("watchlist", cache("miss"));
    forgetWhatWasExported();

    String metrics = request("GET", metricsPath()).body();
    String buckets = lines(metrics, "spanwise_read_duration_seconds_bucket", "\"miss\"");
    assertThat(buckets).contains("spanwise_read_name=\"watchlist\"");
    assertThat(TRACE_ID.matcher(buckets).results().map(trace -> trace.group(1)).toList())
        .containsAnyElementsOf(traces);
    assertThat(lines(metrics, "spanwise_jetstream_process_duration_seconds_count", "\"ack\""))
        .contains("spanwise_jetstream_stream=\"WATCHLISTS\"")
        .contains("messaging_consumer_group_name=\"projector\"");
    assertThat(lines(metrics, "spanwise_invalidation_messages_total", "\"applied\""))
        .contains("messaging_destination_name=\"watchlists\"");
    assertThat(lines(metrics, "spanwise_invalidation_lag_seconds_count", "\"write_to_apply\""))
        .isNotEmpty();
  }

  private void add(String account, String symbol) throws Exception {
    forgetWhatWasExported();
    request("PUT", "/watchlists/" + account + "/" + symbol);
    await("process watchlists", span -> true);
  }

  private void publishAsAStranger(String text) throws Exception {
    io.nats.client.Connection stranger = Nats.connect(nats.url());
    try {
      stranger.jetStream().publish("watchlists.add", text.getBytes(UTF_8));
    } finally {
      stranger.close();
    }
  }

  private static Predicate<ExportedSpan> cache(String result) {
    return span -> result.equals(span.attributes().get(SpanwiseAttributes.SPANWISE_READ_CACHE));
  }

  private ExportedSpan await(String name, Predicate<ExportedSpan> condition) {
    return first(span -> span.name().equals(name) && condition.test(span));
  }

  private ExportedSpan inTrace(String traceId, Predicate<ExportedSpan> condition) {
    return first(span -> span.traceId().equals(traceId) && condition.test(span));
  }

  private ExportedSpan first(Predicate<ExportedSpan> condition) {
    return collector
        .await(telemetry -> telemetry.spans().stream().anyMatch(condition), PATIENCE)
        .spans()
        .stream()
        .filter(condition)
        .findFirst()
        .orElseThrow();
  }

  private ExportedSpan parentOf(ExportedSpan child) {
    return inTrace(child.traceId(), span -> span.spanId().equals(child.parentSpanId()));
  }

  private List<Long> backends() throws Exception {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select pid from pg_stat_activity")) {
      List<Long> pids = new ArrayList<>();
      while (rows.next()) {
        pids.add(rows.getLong(1));
      }
      return pids;
    }
  }

  private HttpResponse<String> request(String method, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", "application/openmetrics-text;version=1.0.0, application/json;q=0.5")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String lines(String text, String name, String label) {
    return text.lines()
        .filter(line -> line.startsWith(name + "{") && line.contains(label))
        .collect(Collectors.joining("\n"));
  }

  private <T extends AutoCloseable> T started(T resource) {
    started.add(resource);
    return resource;
  }
}
