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
import dev.spanwise.demo.server.NatsServer;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.telemetry.EmittedNames;
import dev.spanwise.telemetry.Emitter;
import dev.spanwise.telemetry.ObservedSeries;
import dev.spanwise.telemetry.ObservedSpan;
import dev.spanwise.telemetry.PrometheusText;
import dev.spanwise.telemetry.SpanKind;
import dev.spanwise.telemetry.TelemetryContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the library and the demo emit is what telemetry.yaml declares, no more and no less: the
 * whole demo runs, and the library beside it where the demo's traffic does not lead.
 */
class TelemetryContractTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final TelemetryContract CONTRACT = TelemetryContract.ofThisVersion();
  private static final Set<Emitter> EMITTERS = Set.of(Emitter.LIBRARY, Emitter.DEMO);
  private static final ReadModelSize SMALL = new ReadModelSize(200, 400, 20, 5_000, 5_000);
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static List<ObservedSpan> spans = List.of();
  private static List<ObservedSeries> series = List.of();

  @BeforeAll
  static void runEverything(@TempDir Path directory) throws Exception {
    InstalledServers servers = InstalledServers.find();
    assumeTrue(servers.missing().isEmpty(), () -> "not installed: " + missing(servers));
    Metrics metrics = new Metrics();
    ObservedSpans observed = new ObservedSpans();
    try (DemoDatabase database = DemoDatabase.start(directory.resolve("read-model"))) {
      TradingReadModel.load(database, SMALL, step -> {});
      TradingStackSettings settings =
          new TradingStackSettings(
              servers, directory, database.jdbcUrl(), SMALL.instruments(), NOWHERE, metrics);
      try (TradingStack stack = TradingStack.start(settings, () -> observed);
          ReadApi api =
              ReadApi.start(
                  new ReadApiSettings(
                      database.jdbcUrl(), NOWHERE, false, stack.redisUrl(), metrics),
                  observed);
          ServiceTelemetry rare = new ServiceTelemetry("rare-paths", observed, metrics);
          NatsServer nats =
              NatsServer.start(
                  Objects.requireNonNull(servers.nats()), directory.resolve("rare-paths"))) {
        RarePaths.take(rare, nats.url(), Objects.requireNonNull(stack.redisUrl()));
        use(stack, api, database);
        awaitSeries(api);
        failToMoveQuotes(stack, observed);
      }
    }
    spans = observed.all();
  }

  private static String missing(InstalledServers servers) {
    return servers.missing().stream()
        .map(kind -> kind.program() + " (Debian's " + kind.debianPackage() + ")")
        .collect(Collectors.joining(", "));
  }

  private static void use(TradingStack stack, ReadApi api, DemoDatabase database) throws Exception {
    String order = "{\"account\":7,\"instrument\":12,\"side\":\"buy\",\"quantity\":10}";
    HttpRequest placed =
        HttpRequest.newBuilder(stack.orders()).POST(BodyPublishers.ofString(order)).build();
    assertThat(send(placed).statusCode()).isEqualTo(201);
    for (Read read : Read.values()) {
      assertThat(get(api, read.path(7)).statusCode()).isEqualTo(200);
    }
    assertThat(get(api, Read.WATCHLIST.path(7)).statusCode()).isEqualTo(200);
    execute(database.jdbcUrl(), "alter table leaderboard rename to elsewhere");
    assertThat(get(api, Read.LEADERBOARD.path(7)).statusCode()).isEqualTo(500);
  }

  /** The feed moves quotes by itself, twice a second. */
  private static void failToMoveQuotes(TradingStack stack, ObservedSpans observed)
      throws Exception {
    execute(stack.ledgerJdbcUrl(), "alter table quotes rename to elsewhere");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (observed.all().stream()
        .noneMatch(
            span ->
                span.name().equals("move quotes") && span.attributes().containsKey("error.type"))) {
      assertThat(System.nanoTime() - deadline).as("quotes are moved").isNegative();
      Thread.sleep(100);
    }
  }

  private static void execute(String jdbcUrl, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Gauges come with their first measurement; what never comes is left to the tests. */
  private static void awaitSeries(ReadApi api) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    boolean complete = false;
    while (!complete && System.nanoTime() - deadline < 0) {
      Thread.sleep(100);
      series = PrometheusText.series(get(api, "/metrics").body());
      complete =
          EmittedNames.compare(CONTRACT, List.of(), series).neverSeen(EMITTERS).stream()
              .allMatch(missing -> missing.startsWith("span "));
    }
  }

  private static HttpResponse<String> get(ReadApi api, String path) throws Exception {
    return send(HttpRequest.newBuilder(api.uri().resolve(path)).build());
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HTTP.send(request, BodyHandlers.ofString());
  }

  @Test
  void whatIsEmittedIsDeclared() {
    assertThat(EmittedNames.compare(CONTRACT, spans, series).violations()).isEmpty();
  }

  @Test
  void whatIsDeclaredIsEmitted() {
    assertThat(EmittedNames.compare(CONTRACT, spans, series).neverSeen(EMITTERS)).isEmpty();
  }

  @Test
  void anUndeclaredAttributeAndAnUndeclaredLabelAreFoundAmongTheRest() {
    ObservedSpan span =
        new ObservedSpan(
            "dev.spanwise.read",
            "watchlist",
            SpanKind.INTERNAL,
            Map.of("spanwise.read.name", "watchlist", "spanwise.read.account", "7"));
    ObservedSeries labelled =
        new ObservedSeries("spanwise_freshness_age_seconds", null, Map.of("account", "7"));

    assertThat(
            EmittedNames.compare(
                    CONTRACT,
                    Stream.concat(spans.stream(), Stream.of(span)).toList(),
                    Stream.concat(series.stream(), Stream.of(labelled)).toList())
                .violations())
        .containsExactly(
            "the span read has the undeclared attribute spanwise.read.account",
            "the metric spanwise.freshness.age has the undeclared label account");
  }

  @Test
  void aSpanAnAttributeAMetricAndALabelThatNobodyEmitsAreFound() {
    List<ObservedSpan> fewerSpans =
        spans.stream()
            .filter(span -> !span.name().startsWith("capture "))
            .map(span -> span.name().startsWith("publish ") ? without("error.type", span) : span)
            .toList();
    List<ObservedSeries> fewerSeries =
        series.stream()
            .filter(each -> !each.name().equals("spanwise_freshness_age_seconds"))
            .map(
                each ->
                    each.name().startsWith("spanwise_read_duration")
                        ? without("spanwise_read_cache", each)
                        : each)
            .toList();

    assertThat(EmittedNames.compare(CONTRACT, fewerSpans, fewerSeries).neverSeen(EMITTERS))
        .containsExactlyInAnyOrder(
            "span cdc.capture",
            "attribute error.type of span invalidation.publish",
            "metric spanwise.freshness.age",
            "label spanwise.read.cache of metric spanwise.read.duration");
  }

  private static ObservedSpan without(String attribute, ObservedSpan span) {
    return new ObservedSpan(
        span.scope(), span.name(), span.kind(), without(attribute, span.attributes()));
  }

  private static ObservedSeries without(String label, ObservedSeries series) {
    return new ObservedSeries(series.name(), series.unit(), without(label, series.labels()));
  }

  private static <V> Map<String, V> without(String key, Map<String, V> map) {
    return map.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(key))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
