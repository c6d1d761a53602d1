package dev.spanwise.demo.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.database.TradingReadModel;
import dev.spanwise.demo.lifecycle.RunningParts;
import dev.spanwise.demo.server.InstalledServers;
import dev.spanwise.demo.server.NatsServer;
import dev.spanwise.demo.stream.LedgerChange;
import dev.spanwise.demo.stream.LedgerStreams;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectorTest {
  private static final ReadModelSize SMALL = new ReadModelSize(20, 40, 5, 100, 100);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String FILLS = "ledger.fills.insert";

  @TempDir private static @Nullable Path directory;
  private static final RunningParts parts = new RunningParts();
  private static @Nullable DemoDatabase database;
  private static @Nullable Projector projector;
  private static @Nullable Connection publisher;
  private static final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private static int fills = 100;

  @BeforeAll
  static void start() throws Exception {
    InstalledServers servers = InstalledServers.find();
    assumeTrue(servers.nats() != null, "nats-server is not installed");
    Path work = Objects.requireNonNull(directory);
    DemoDatabase started = parts.keep(DemoDatabase.start(work.resolve("read-model")));
    database = started;
    TradingReadModel.load(started, SMALL, step -> {});
    NatsServer nats =
        parts.keep(NatsServer.start(Objects.requireNonNull(servers.nats()), work.resolve("nats")));
    LedgerStreams.create(nats.url());
    publisher = parts.keep(Nats.connect(nats.url()));
    projector =
        parts.keep(Projector.start(started.jdbcUrl(), nats.url(), null, spans, new Metrics()));
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @BeforeEach
  void forget() {
    flush();
    spans.reset();
  }

  @Test
  void whatCanNeverBeWrittenIsGivenUpIsAnErrorOnceAndHoldsUpNothing() throws Exception {
    publish("no change of the ledger".getBytes(StandardCharsets.UTF_8));
    publish(fill(nextFill(), 1_000_000).toBytes());
    int good = nextFill();
    publish(fill(good, 7).toBytes());

    await(() -> trades(good) == 1);
    await(() -> processed().size() >= 3);
    assertThat(processed())
        .extracting(
            span -> span.getAttributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT))
        .containsExactly("term", "term", "ack");
    assertThat(processed())
        .extracting(span -> span.getStatus().getStatusCode())
        .containsExactly(StatusCode.ERROR, StatusCode.ERROR, StatusCode.UNSET);
    assertThat(processed().subList(0, 2))
        .extracting(span -> span.getAttributes().get(SpanwiseAttributes.ERROR_TYPE))
        .containsOnly("terminated");
  }

  @Test
  void whatFailsForATimeIsDeliveredAgainUntilItIsWrittenOnce() throws Exception {
    execute("alter table watchlist_items rename to elsewhere");
    int fill = nextFill();
    publish(fill(fill, 8).toBytes());
    await(() -> processed().size() >= 2);
    assertThat(trades(fill)).isZero();

    execute("alter table elsewhere rename to watchlist_items");

    await(() -> trades(fill) == 1);
    await(() -> settlements().contains("ack"));
    assertThat(settlements().subList(0, settlements().size() - 1)).containsOnly("nak");
  }

  private static List<@Nullable String> settlements() {
    return processed().stream()
        .map(span -> span.getAttributes().get(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT))
        .toList();
  }

  private static List<SpanData> processed() {
    flush();
    return spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals("process LEDGER"))
        .toList();
  }

  private static void flush() {
    Objects.requireNonNull(projector).flush();
  }

  private static int nextFill() {
    return ++fills;
  }

  private static LedgerChange fill(int number, int account) {
    ObjectNode row = new ObjectMapper().createObjectNode();
    row.put("fill_id", number);
    row.put("order_id", number);
    row.put("account_id", account);
    row.put("instrument_id", 3);
    row.put("side", "buy");
    row.put("quantity", 10);
    row.put("price", "1.50");
    row.put("filled_at", "2026-01-02T03:04:05Z");
    return new LedgerChange("fills", "insert", Instant.parse("2026-01-02T03:04:05Z"), row);
  }

  private static void publish(byte[] body) throws Exception {
    assertThat(Objects.requireNonNull(publisher).jetStream().publish(FILLS, body).getSeqno())
        .isPositive();
  }

  private static int trades(int fill) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from trades where trade_id = " + (1_000_000_000L + fill))) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(jdbcUrl());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String jdbcUrl() {
    return Objects.requireNonNull(database).jdbcUrl();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime() - deadline).as("a minute passed").isNegative();
      Thread.sleep(20);
    }
  }
}
