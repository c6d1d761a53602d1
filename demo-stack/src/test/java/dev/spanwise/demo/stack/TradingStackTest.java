package dev.spanwise.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spanwise.demo.api.Read;
import dev.spanwise.demo.api.ReadApi;
import dev.spanwise.demo.api.ReadApiSettings;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.database.TradingReadModel;
import dev.spanwise.demo.server.InstalledServers;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.workload.QuoteListener;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.semconv.ServiceAttributes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TradingStackTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ReadModelSize SMALL = new ReadModelSize(200, 400, 20, 5_000, 5_000);
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final AtomicInteger traces = new AtomicInteger(0x1000);

  @TempDir private static @Nullable Path directory;
  private static @Nullable DemoDatabase database;
  private static @Nullable TradingStack stack;
  private static @Nullable ReadApi api;
  private static final Metrics metrics = new Metrics();
  private static final InMemorySpanExporter spans = InMemorySpanExporter.create();

  @BeforeAll
  static void start() throws Exception {
    InstalledServers servers = InstalledServers.find();
    assumeTrue(servers.nats() != null, "nats-server is not installed");
    assumeTrue(servers.redis() != null, "redis-server is not installed");
    Path work = Objects.requireNonNull(directory);
    DemoDatabase started = DemoDatabase.start(work.resolve("read-model"));
    database = started;
    TradingReadModel.load(started, SMALL, step -> {});
    stack =
        TradingStack.start(
            new TradingStackSettings(
                servers, work, started.jdbcUrl(), SMALL.instruments(), NOWHERE, metrics),
            () -> spans);
    api =
        ReadApi.start(
            new ReadApiSettings(started.jdbcUrl(), NOWHERE, false, stack().redisUrl(), metrics),
            spans);
  }

  @AfterAll
  static void stop() throws Exception {
    if (api != null) {
      api.close();
    }
    if (stack != null) {
      stack.close();
    }
    if (database != null) {
      database.close();
    }
  }

  @Test
  void anOrderIsOneTraceFromItsRequestToTheReadApisCache() throws Exception {
    String traceId = newTraceId();
    HttpResponse<String> response = order(traceId, 7, 12);
    assertThat(response.statusCode()).isEqualTo(201);

    await(() -> named(traceId, "process read-model").size() == 1);
    await(() -> named(traceId, "process LEDGER").size() == 2);
    List<SpanData> trace = spansOf(traceId);

    SpanData request = only(trace, "POST /orders", "trading-writer");
    assertThat(named(traceId, "publish LEDGER"))
        .hasSize(2)
        .allSatisfy(publish -> assertThat(publish.getParentSpanId()).isEqualTo(request.getSpanId()))
        .allSatisfy(publish -> assertThat(service(publish)).isEqualTo("ledger-capture"));
    SpanData told = only(trace, "publish read-model", "read-model-projector");
    SpanData processed = parentOf(told, trace);
    assertThat(processed.getName()).isEqualTo("process LEDGER");
    assertThat(service(processed)).isEqualTo("read-model-projector");
    assertThat(parentOf(processed, trace).getName()).isEqualTo("publish LEDGER");
    SpanData applied = only(trace, "process read-model", "read-api");
    assertThat(parentOf(applied, trace)).isEqualTo(told);
    assertThat(trace)
        .as("every span but the request's has its parent in the trace")
        .filteredOn(span -> !span.equals(request))
        .allMatch(
            span -> trace.stream().anyMatch(of -> of.getSpanId().equals(span.getParentSpanId())));
  }

  @Test
  void aCachedWatchlistShowsAnOrderAsSoonAsItIsProjected() throws Exception {
    HttpResponse<String> before = watchlist(9);
    String kept = newTraceId();
    await(() -> watchlist(9, kept).statusCode() == 200 && wasCached(kept));
    int items = count(before.body());
    String traceId = newTraceId();
    assertThat(order(traceId, 9, missingFrom(before.body())).statusCode()).isEqualTo(201);

    await(() -> count(watchlist(9).body()) == items + 1);
  }

  @Test
  void quotesReachWebSocketClients() throws Exception {
    try (QuoteListener listener = QuoteListener.connect(Objects.requireNonNull(stack().quotes()))) {
      await(() -> listener.frames() >= 3);
    }
  }

  @Test
  void metersOfEveryPartAreServedWithExemplars() throws Exception {
    assertThat(order(newTraceId(), 11, 13).statusCode()).isEqualTo(201);
    await(() -> Objects.requireNonNull(api).freshness(50) != null);
    assertThat(watchlist(11).statusCode()).isEqualTo(200);

    await(
        () ->
            metrics("application/openmetrics-text").contains("trace_id=")
                && metrics("text/plain").contains("spanwise_invalidation_lag_seconds"));
    assertThat(metrics("text/plain"))
        .contains(
            "spanwise_read_duration_seconds",
            "spanwise_jetstream_message_age_seconds",
            "spanwise_cdc_lag_seconds",
            "spanwise_cdc_connected",
            "spanwise_freshness_duration_seconds");
  }

  private static TradingStack stack() {
    return Objects.requireNonNull(stack);
  }

  private static String newTraceId() {
    return String.format(Locale.ROOT, "0af7651916cd43dd8448eb21%08x", traces.incrementAndGet());
  }

  private static List<SpanData> spansOf(String traceId) {
    stack().flush();
    Objects.requireNonNull(api).flush();
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getTraceId().equals(traceId))
        .sorted(Comparator.comparingLong(SpanData::getStartEpochNanos))
        .toList();
  }

  private static List<SpanData> named(String traceId, String name) {
    return spansOf(traceId).stream().filter(span -> span.getName().equals(name)).toList();
  }

  private static SpanData only(List<SpanData> trace, String name, String service) {
    List<SpanData> found =
        trace.stream()
            .filter(span -> span.getName().equals(name) && service(span).equals(service))
            .toList();
    assertThat(found).as("%s of %s", name, service).hasSize(1);
    return found.get(0);
  }

  private static SpanData parentOf(SpanData child, List<SpanData> trace) {
    return trace.stream()
        .filter(span -> span.getSpanId().equals(child.getParentSpanId()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no parent of " + child));
  }

  private static String service(SpanData span) {
    return String.valueOf(span.getResource().getAttribute(ServiceAttributes.SERVICE_NAME));
  }

  private static boolean wasCached(String traceId) {
    return named(traceId, Read.WATCHLIST.readName()).stream()
        .map(span -> span.getAttributes().get(SpanwiseAttributes.SPANWISE_READ_CACHE))
        .anyMatch("hit"::equals);
  }

  /** An instrument that the watchlist does not name. */
  private static long missingFrom(String watchlist) {
    for (long instrument = 1; instrument <= SMALL.instruments(); instrument++) {
      if (!watchlist.contains("\"Instrument " + instrument + "\"")) {
        return instrument;
      }
    }
    throw new AssertionError("the watchlist names every instrument");
  }

  private static int count(String watchlist) {
    return watchlist.split("\"symbol\"", -1).length - 1;
  }

  private static HttpResponse<String> watchlist(long account) throws Exception {
    return watchlist(account, newTraceId());
  }

  private static HttpResponse<String> watchlist(long account, String traceId) throws Exception {
    URI uri = Objects.requireNonNull(api).uri().resolve(Read.WATCHLIST.path(account));
    return send(traced(uri, traceId).build());
  }

  private static HttpResponse<String> order(String traceId, long account, long instrument)
      throws Exception {
    String body =
        "{\"account\":%d,\"instrument\":%d,\"side\":\"buy\",\"quantity\":10}"
            .formatted(account, instrument);
    return send(traced(stack().orders(), traceId).POST(BodyPublishers.ofString(body)).build());
  }

  private static String metrics(String form) throws Exception {
    URI uri = Objects.requireNonNull(api).uri().resolve("/metrics");
    return send(HttpRequest.newBuilder(uri).header("Accept", form).build()).body();
  }

  private static HttpRequest.Builder traced(URI uri, String traceId) {
    return HttpRequest.newBuilder(uri)
        .header("traceparent", "00-" + traceId + "-b7ad6b7169203331-01");
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime() - deadline).as("fifteen seconds passed").isNegative();
      Thread.sleep(20);
    }
  }
}
