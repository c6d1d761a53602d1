package dev.spanwise.demo.ledger;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.demo.lifecycle.RunningParts;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.telemetry.ServerSpans;
import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.demo.telemetry.SpanCounts;
import dev.spanwise.instrumentation.freshness.Freshness;
import dev.spanwise.instrumentation.replication.ReplicationMonitor;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The service that writes the ledger: {@code POST /orders} with {@code {"account": 7, "instrument":
 * 12, "side": "buy", "quantity": 10}} answers 201 with the order's number and price, 400 for what
 * is no order, 404 for an instrument without a quote. It also moves the quotes.
 *
 * <p>Safe for use by several threads.
 */
public final class TradingWriter implements AutoCloseable {
  private static final String SERVICE_NAME = "trading-writer";
  private static final String ROUTE = "/orders";
  private static final int CONNECTIONS = 4;

  /** Orders under way are answered before the ledger is let go. */
  private static final Duration QUIET_BEFORE_END = Duration.ofMillis(50);

  private static final Duration END_LIMIT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT_INTERVAL = Duration.ofMillis(500);

  private final RunningParts parts;
  private final Server server;
  private final ServiceTelemetry telemetry;

  private TradingWriter(RunningParts parts, Server server, ServiceTelemetry telemetry) {
    this.parts = parts;
    this.server = server;
    this.telemetry = telemetry;
  }

  /**
   * Starts on a free port of the loopback interface.
   *
   * @param instruments how many the ledger has quotes of
   */
  public static TradingWriter start(
      Ledger ledger, int instruments, SpanExporter exporter, Metrics metrics) {
    RunningParts parts = new RunningParts();
    try {
      ServiceTelemetry telemetry =
          parts.keep(new ServiceTelemetry(SERVICE_NAME, exporter, metrics));
      HikariDataSource pool = parts.keep(telemetry.pool(ledger.jdbcUrl(), CONNECTIONS));
      Server server = server(pool, telemetry);
      parts.keep(() -> server.stop().join());
      server.start().join();
      ReplicationMonitor replication = replication(ledger, telemetry.library());
      if (replication != null) {
        parts.keep(replication);
      }
      parts.keep(FreshnessWriter.start(Freshness.create(telemetry.library()), ledger.jdbcUrl()));
      parts.keep(
          QuoteFeed.start(
              pool, telemetry.openTelemetry().getTracer("dev.spanwise.demo"), instruments));
      return new TradingWriter(parts, server, telemetry);
    } catch (RuntimeException e) {
      parts.endAfter(e);
      throw e;
    }
  }

  private static Server server(DataSource ledger, ServiceTelemetry telemetry) {
    OrderService orders = new OrderService(new OrderBook(ledger));
    return Server.builder()
        .localPort(0, SessionProtocol.HTTP)
        .gracefulShutdownTimeout(QUIET_BEFORE_END, END_LIMIT)
        .meterRegistry(NoopMeterRegistry.get())
        .service(ROUTE, new ServerSpans(orders, ROUTE, telemetry.openTelemetry()))
        .build();
  }

  /** Watches the replica, where there is one; by connections that make no spans. */
  private static @Nullable ReplicationMonitor replication(Ledger ledger, Telemetry telemetry) {
    String replica = ledger.replicaJdbcUrl();
    if (replica == null) {
      return null;
    }
    return ReplicationMonitor.builder(telemetry, dataSource(ledger.jdbcUrl()))
        .table(Ledger.HEARTBEAT)
        .replica("ledger-replica", dataSource(replica))
        .interval(HEARTBEAT_INTERVAL)
        .start();
  }

  private static DataSource dataSource(String jdbcUrl) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setConnectTimeout(2);
    source.setLoginTimeout(2);
    return source;
  }

  /** Where orders are posted to: {@code http://127.0.0.1:port/orders}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.activeLocalPort() + ROUTE);
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
