package dev.spanwise.examples.plain;

import dev.spanwise.instrumentation.invalidation.Write;
import dev.spanwise.instrumentation.read.NamedRead;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Which symbols an account watches: in PostgreSQL, behind a cache. */
final class Watchlists {
  private final Map<String, List<String>> cache = new ConcurrentHashMap<>();
  private final DataSource pool;
  private final NamedRead watchlist;

  Watchlists(DataSource pool, Telemetry telemetry) throws SQLException {
    this.pool = pool;
    // README
    NamedReads reads = NamedReads.create(telemetry);
    NamedRead watchlist = reads.named("watchlist");
    // README
    this.watchlist = watchlist;
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists watchlists"
              + " (account text primary key, version bigint not null, symbols text[] not null)");
    }
  }

  List<String> of(String account) {
    // README
    return watchlist.call(
        read -> {
          List<String> cached = cache.get(account);
          if (cached != null) {
            read.cacheHit();
            return cached;
          }
          read.cacheMiss();
          List<String> symbols = cache.computeIfAbsent(account, this::select);
          read.rows(symbols.size());
          return symbols;
        });
    // README
  }

  /** Whoever adds a symbol again, as when a message comes twice, gets the version that has it. */
  Write add(String account, String symbol) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "insert into watchlists as w values (?, 1, array[?])"
                    + " on conflict (account) do update"
                    + " set version = w.version + (not w.symbols @> excluded.symbols)::int,"
                    + " symbols = case when w.symbols @> excluded.symbols then w.symbols"
                    + " else w.symbols || excluded.symbols end returning version")) {
      statement.setString(1, account);
      statement.setString(2, symbol);
      try (ResultSet version = statement.executeQuery()) {
        version.next();
        return new Write(account, version.getLong(1), Instant.now());
      }
    }
  }

  void forget(String account) {
    cache.remove(account);
  }

  private List<String> select(String account) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select unnest(symbols) from watchlists where account = ?")) {
      statement.setString(1, account);
      List<String> symbols = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          symbols.add(rows.getString(1));
        }
      }
      return symbols;
    } catch (SQLException e) {
      throw new IllegalStateException("a watchlist cannot be read", e);
    }
  }
}
