package dev.spanwise.demo.api;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.demo.cache.InvalidatedCache;
import dev.spanwise.demo.telemetry.Metrics;
import dev.spanwise.demo.telemetry.ServerSpans;
import dev.spanwise.demo.telemetry.ServiceTelemetry;
import dev.spanwise.demo.telemetry.SpanCounts;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP service over the trading read model, as a team would write and instrument it: blocking
 * JDBC on a pool of eight connections, OpenTelemetry's JDBC instrumentation in its stable
 * conventions, the backend's process id on every statement. The watchlist, which is read most, is
 * kept in a near cache where there is a Redis to keep it true.
 *
 * <p>Answers {@link Read}s with JSON; 400 for an account that is no number, 404 for one that does
 * not exist, 500 when the database fails. Safe for use by several threads.
 */
public final class ReadApi implements AutoCloseable {
  private static final String SERVICE_NAME = "read-api";
  private static final int CONNECTIONS = 8;

  private final Server server;
  private final HikariDataSource pool;
  private final @Nullable InvalidatedCache<ReadResult> cache;
  private final @Nullable FreshnessReader freshness;
  private final ServiceTelemetry telemetry;

  private ReadApi(
      Server server,
      HikariDataSource pool,
      @Nullable InvalidatedCache<ReadResult> cache,
      @Nullable FreshnessReader freshness,
      ServiceTelemetry telemetry) {
    this.server = server;
    this.pool = pool;
    this.cache = cache;
    this.freshness = freshness;
    this.telemetry = telemetry;
  }

  /**
   * Starts on a free port of the loopback interface.
   *
   * @throws IllegalStateException if the database cannot be reached
   */
  public static ReadApi start(ReadApiSettings settings) {
    return start(settings, ServiceTelemetry.otlp(settings.otlpEndpoint()));
  }

  /** Likewise, with spans sent elsewhere than the settings say. */
  public static ReadApi start(ReadApiSettings settings, SpanExporter exporter) {
    ServiceTelemetry telemetry = new ServiceTelemetry(SERVICE_NAME, exporter, settings.metrics());
    HikariDataSource pool = telemetry.pool(settings.jdbcUrl(), CONNECTIONS);
    InvalidatedCache<ReadResult> cache = null;
    FreshnessReader freshness = null;
    try {
      pool.getConnection().close();
      if (settings.redisUrl() != null) {
        freshness = new FreshnessReader(telemetry.library(), pool);
        cache =
            InvalidatedCache.connect(settings.redisUrl(), telemetry.library(), freshness::arrived);
      }
      ReadRunner runner =
          new ReadRunner(
              pool,
              cache,
              telemetry.library(),
              settings.batchedPortfolio() ? PortfolioRead.BATCHED : PortfolioRead.ONE_BY_ONE);
      Server server = server(runner, telemetry, settings.metrics());
      server.start().join();
      return new ReadApi(server, pool, cache, freshness, telemetry);
    } catch (SQLException | RuntimeException e) {
      if (cache != null) {
        cache.close();
      }
      if (freshness != null) {
        freshness.close();
      }
      pool.close();
      telemetry.close();
      // What follows the question mark holds the password.
      String database = settings.jdbcUrl().split("\\?", 2)[0];
      throw new IllegalStateException("the read API did not start on " + database, e);
    }
  }

  private static Server server(ReadRunner runner, ServiceTelemetry telemetry, Metrics metrics) {
    ServerBuilder builder =
        Server.builder()
            .localPort(
                0,
                SessionProtocol.HTTP) // The JVM-wide registry would warn when a second API starts.
            .meterRegistry(NoopMeterRegistry.get())
            .requestTimeout(Duration.ofMinutes(1));
    for (Read read : Read.values()) {
      builder.service(
          read.route(),
          new ServerSpans(new ReadService(read, runner), read.route(), telemetry.openTelemetry()));
    }
    return builder.service("/metrics", metrics.service()).build();
  }

  /** Where it listens: {@code http://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.activeLocalPort());
  }

  /** Waits until all ended spans have been sent, ten seconds at most. */
  public SpanCounts flush() {
    return telemetry.flush();
  }

  /**
   * How long after their commit in the ledger writes could be read here, as probes found; null
   * where none arrived.
   *
   * @param percent of the probes that took no longer
   */
  public @Nullable Duration freshness(int percent) {
    return freshness == null ? null : freshness.percentile(percent);
  }

  /** Stops the server, then the pool, then sends the last spans. */
  @Override
  public void close() {
    server.stop().join();
    if (cache != null) {
      cache.close();
    }
    if (freshness != null) {
      freshness.close();
    }
    pool.close();
    telemetry.close();
  }
}
