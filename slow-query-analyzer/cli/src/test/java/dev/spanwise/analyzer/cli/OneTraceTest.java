package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanwise.demo.api.ReadApi;
import dev.spanwise.demo.api.ReadApiSettings;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.database.TradingReadModel;
import dev.spanwise.demo.server.InstalledServers;
import dev.spanwise.demo.stack.TradingStack;
import dev.spanwise.demo.stack.TradingStackSettings;
import dev.spanwise.demo.telemetry.Metrics;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of one order through all services, as their own exporters tell it and a report shows. */
class OneTraceTest {

  private static final ReadModelSize SIZE = new ReadModelSize(200, 400, 20, 5_000, 5_000);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private static @Nullable Path directory;
  private static @Nullable Path exported;

  @BeforeAll
  static void placeAnOrder() throws Exception {
    InstalledServers servers = InstalledServers.find();
    assumeTrue(servers.nats() != null, "nats-server is not installed");
    assumeTrue(servers.redis() != null, "redis-server is not installed");
    Path work = Objects.requireNonNull(directory);
    Metrics metrics = new Metrics();
    List<ResourceSpans> sent = new ArrayList<>();
    try (SpanCapture capture = new SpanCapture();
        DemoDatabase database = DemoDatabase.start(work.resolve("read-model"))) {
      TradingReadModel.load(database, SIZE, step -> {});
      TradingStackSettings settings =
          new TradingStackSettings(
              servers, work, database.jdbcUrl(), SIZE.instruments(), capture.uri(), metrics);
      try (TradingStack stack = TradingStack.start(settings);
          ReadApi api =
              ReadApi.start(
                  new ReadApiSettings(
                      database.jdbcUrl(), capture.uri(), false, stack.redisUrl(), metrics))) {
        place(stack.orders());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isWhole(sent)) {
          assertThat(System.nanoTime() - deadline).as("the order is not whole yet").isNegative();
          Thread.sleep(50);
          stack.flush();
          api.flush();
          sent.addAll(capture.take().getResourceSpansList());
        }
      }
      sent.addAll(capture.take().getResourceSpansList());
    }
    Path file = work.resolve("spans.pb");
    Files.write(
        file,
        ExportTraceServiceRequest.newBuilder().addAllResourceSpans(sent).build().toByteArray());
    exported = file;
  }

  private static void place(URI orders) throws Exception {
    String order = "{\"account\":7,\"instrument\":12,\"side\":\"buy\",\"quantity\":10}";
    int status =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(orders).POST(BodyPublishers.ofString(order)).build(),
                BodyHandlers.discarding())
            .statusCode();
    assertThat(status).isEqualTo(201);
  }

  /** Whether the order, and the fill that came of it, have gone all the way. */
  private static boolean isWhole(Collection<ResourceSpans> sent) {
    List<Span> spans =
        sent.stream()
            .flatMap(resource -> resource.getScopeSpansList().stream())
            .flatMap(scope -> scope.getSpansList().stream())
            .toList();
    return spans.stream()
        .filter(span -> span.getName().equals("POST /orders"))
        .anyMatch(
            request ->
                messages(spans, "process read-model", request) >= 1
                    && messages(spans, "process LEDGER", request) >= 2);
  }

  /** How many messages were processed; one that comes again is counted once. */
  private static long messages(Collection<Span> spans, String name, Span sameTrace) {
    return spans.stream()
        .filter(span -> span.getTraceId().equals(sameTrace.getTraceId()))
        .filter(span -> span.getName().equals(name))
        .map(Span::getParentSpanId)
        .distinct()
        .count();
  }

  @Test
  void aReportShowsAnOrderAsOneTraceFromItsRequestToTheCacheThatForgot() throws Exception {
    JsonNode trace = orderTrace();

    assertThat(trace.get("services"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(
            "trading-writer", "ledger-capture", "read-model-projector", "read-api");
    assertThat(waysFromTheRequestTo("read-api", "process read-model", trace))
        .isNotEmpty()
        .allSatisfy(
            way -> {
              assertThat(way)
                  .extracting(OneTraceTest::place)
                  .containsExactly(
                      "trading-writer: POST /orders",
                      "ledger-capture: publish LEDGER",
                      "read-model-projector: process LEDGER",
                      "read-model-projector: publish read-model",
                      "read-api: process read-model");
              assertThat(way)
                  .extracting(span -> span.get("traceId").asText())
                  .containsOnly(trace.get("traceId").asText());
              assertThat(way).extracting(span -> span.get("startOffsetMs").asDouble()).isSorted();
            });
  }

  @Test
  void theLedgerIsWrittenInsideTheRequestAndTheReadModelInsideTheProjection() throws Exception {
    JsonNode trace = orderTrace();
    JsonNode request = only(trace, "trading-writer", "POST /orders");
    JsonNode order = statement(trace, "insert into orders(");
    JsonNode fill = statement(trace, "insert into fills(");
    assertThat(List.of(order, fill))
        .allSatisfy(write -> assertThat(wayTo(write, trace)).containsExactly(request, write));
    assertThat(statements(trace, "insert into trades("))
        .isNotEmpty()
        .allSatisfy(
            trade -> {
              List<JsonNode> way = wayTo(trade, trace);
              assertThat(way)
                  .extracting(OneTraceTest::place)
                  .containsExactly(
                      "trading-writer: POST /orders",
                      "ledger-capture: publish LEDGER",
                      "read-model-projector: process LEDGER",
                      place(trade));
              assertThat(Stream.of(request, order, fill, way.get(1)))
                  .extracting(span -> span.get("startOffsetMs").asDouble())
                  .isSorted();
            });
  }

  @Test
  void theBatchThatCapturedItIsShownWithItByItsLink() throws Exception {
    JsonNode trace = orderTrace();
    JsonNode request = only(trace, "trading-writer", "POST /orders");

    List<JsonNode> captures = named(trace, "ledger-capture", "capture ledger");
    assertThat(captures)
        .isNotEmpty()
        .allSatisfy(
            capture ->
                assertThat(capture.get("links"))
                    .extracting(link -> link.get("spanId").asText())
                    .contains(request.get("spanId").asText()));
  }

  @Test
  void noSpanOfTheOrderHangsLoose() throws Exception {
    JsonNode trace = orderTrace();

    assertThat(trace.get("spansOmitted").asLong()).isZero();
    assertThat(spans(trace))
        .filteredOn(span -> span.get("parentSpanId").isNull())
        .extracting(OneTraceTest::place)
        .contains("trading-writer: POST /orders")
        .containsOnly("trading-writer: POST /orders", "ledger-capture: capture ledger");
    assertThat(spans(trace))
        .filteredOn(span -> !span.get("parentSpanId").isNull())
        .allSatisfy(span -> assertThat(parent(span, trace)).as(place(span)).isNotNull());
  }

  @Test
  void theTextOfAReportTellsItInOrder() {
    assertThat(analyze("text"))
        .containsSubsequence(
            "POST /orders · trading-writer",
            "publish LEDGER",
            "process LEDGER · read-model-projector",
            "publish read-model",
            "process read-model · read-api");
  }

  private static String analyze(String format) {
    CommandRun run =
        CommandRun.of(
            "analyze", "--spans", Objects.requireNonNull(exported).toString(), "--format", format);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  private static JsonNode orderTrace() throws Exception {
    List<JsonNode> traces =
        stream(ReportContract.read(analyze("json")).get("traces"))
            .filter(trace -> !named(trace, "trading-writer", "POST /orders").isEmpty())
            .toList();
    assertThat(traces).hasSize(1);
    return traces.get(0);
  }

  private static JsonNode only(JsonNode trace, String service, String name) {
    List<JsonNode> found = named(trace, service, name);
    assertThat(found).as("%s of %s", name, service).hasSize(1);
    return found.get(0);
  }

  private static List<JsonNode> named(JsonNode trace, String service, String name) {
    return spans(trace).stream().filter(span -> place(span).equals(service + ": " + name)).toList();
  }

  private static JsonNode statement(JsonNode trace, String beginning) {
    List<JsonNode> found = statements(trace, beginning);
    assertThat(found).as(beginning).hasSize(1);
    return found.get(0);
  }

  private static List<JsonNode> statements(JsonNode trace, String beginning) {
    return spans(trace).stream()
        .filter(span -> span.get("name").asText().startsWith(beginning))
        .toList();
  }

  /**
   * More than one where a message came again. What the batch that captured the order brought along,
   * such as a probe, is shown with it but did not come of the request.
   */
  private static List<List<JsonNode>> waysFromTheRequestTo(
      String service, String name, JsonNode trace) {
    JsonNode request = only(trace, "trading-writer", "POST /orders");
    return named(trace, service, name).stream()
        .map(span -> wayTo(span, trace))
        .filter(way -> way.contains(request))
        .toList();
  }

  /** A span and those that led to it, the first of all first. */
  private static List<JsonNode> wayTo(JsonNode span, JsonNode trace) {
    List<JsonNode> way = new ArrayList<>();
    JsonNode next = span;
    while (next != null) {
      way.add(0, next);
      next = parent(next, trace);
    }
    return way;
  }

  private static @Nullable JsonNode parent(JsonNode span, JsonNode trace) {
    return spans(trace).stream()
        .filter(other -> other.get("traceId").equals(span.get("traceId")))
        .filter(other -> other.get("spanId").equals(span.get("parentSpanId")))
        .findFirst()
        .orElse(null);
  }

  private static String place(JsonNode span) {
    return span.get("service").asText() + ": " + span.get("name").asText();
  }

  private static List<JsonNode> spans(JsonNode trace) {
    return stream(trace.get("spans")).toList();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
