package dev.spanwise.demo.api;

import dev.spanwise.demo.cache.InvalidatedCache;
import dev.spanwise.demo.cache.NearCache;
import dev.spanwise.instrumentation.read.NamedReads;
import dev.spanwise.instrumentation.read.RunningRead;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Runs reads on a pooled connection, each in a span of its name. */
final class ReadRunner {
  private static final int LEADERBOARD_PLACES = 100;

  private final DataSource pool;
  private final @Nullable InvalidatedCache<ReadResult> cache;
  private final NamedReads reads;
  private final PortfolioRead portfolio;

  ReadRunner(
      DataSource pool,
      @Nullable InvalidatedCache<ReadResult> cache,
      Telemetry telemetry,
      PortfolioRead portfolio) {
    this.pool = pool;
    this.cache = cache;
    this.reads = NamedReads.create(telemetry);
    this.portfolio = portfolio;
  }

  /** Reads; nothing if there is no such account, which is an answer and no failure. */
  Optional<ReadResult> run(Read read, long account) throws SQLException {
    return reads.named(read.readName()).call(running -> answer(running, read, account));
  }

  private Optional<ReadResult> answer(RunningRead running, Read read, long account)
      throws SQLException {
    try {
      ReadResult result = result(running, read, account);
      running.rows(result.rows());
      return Optional.of(result);
    } catch (NoSuchAccountException e) {
      running.rows(0);
      return Optional.empty();
    }
  }

  private ReadResult result(RunningRead running, Read read, long account) throws SQLException {
    if (read != Read.WATCHLIST || cache == null) {
      return load(read, account);
    }
    NearCache.Lookup<ReadResult> lookup =
        cache.get("watchlist:" + account, () -> load(read, account));
    if (lookup.hit()) {
      running.cacheHit();
    } else {
      running.cacheMiss();
    }
    return lookup.value();
  }

  private ReadResult load(Read read, long account) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return load(connection, read, account);
    }
  }

  private ReadResult load(Connection connection, Read read, long account) throws SQLException {
    return switch (read) {
      case WATCHLIST -> Watchlist.of(connection, account);
      case PORTFOLIO_SUMMARY -> portfolio.of(connection, account);
      case LEADERBOARD -> Leaderboard.top(connection, LEADERBOARD_PLACES);
      case TRADE_HISTORY -> TradeHistory.of(connection, account);
      case FEED -> Feed.of(connection, account);
    };
  }
}
