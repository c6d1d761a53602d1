package dev.spanwise.instrumentation.read;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import javax.sql.DataSource;

/** The README's example. */
final class NamedReadExample {
  private final Map<Long, List<String>> cache = new ConcurrentHashMap<>();
  private final DataSource pool;
  private final NamedRead watchlist;
  private final NamedRead feed;

  NamedReadExample(OpenTelemetry openTelemetry, MeterRegistry registry, DataSource pool) {
    this.pool = pool;
    NamedReads reads = NamedReads.create(Telemetry.of(openTelemetry, registry));
    this.watchlist = reads.named("watchlist");
    this.feed = reads.named("feed");
  }

  List<String> watchlist(long account) throws SQLException {
    return watchlist.call(
        read -> {
          List<String> cached = cache.get(account);
          if (cached != null) {
            read.cacheHit();
            return cached;
          }
          read.cacheMiss();
          List<String> symbols = symbolsOf(account);
          read.rows(symbols.size());
          cache.put(account, symbols);
          return symbols;
        });
  }

  CompletableFuture<List<String>> feed(
      long account, LongFunction<CompletableFuture<List<String>>> client) {
    // README
    return feed.callAsync(read -> client.apply(account));
    // README
  }

  private List<String> symbolsOf(long account) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select symbol from watched where account = ?")) {
      statement.setLong(1, account);
      List<String> symbols = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          symbols.add(rows.getString(1));
        }
      }
      return symbols;
    }
  }
}
