package dev.spanwise.demo.api;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs reads on a pooled connection, each in a span of its name. */
final class ReadRunner {
  private static final int LEADERBOARD_PLACES = 100;

  private final DataSource pool;
  private final Tracer tracer;
  private final PortfolioRead portfolio;

  ReadRunner(DataSource pool, Tracer tracer, PortfolioRead portfolio) {
    this.pool = pool;
    this.tracer = tracer;
    this.portfolio = portfolio;
  }

  @SuppressWarnings("try") // a scope is there to be closed, not to be read
  Object run(Read read, long account) throws SQLException {
    Span span =
        tracer
            .spanBuilder(read.readName())
            .setAttribute(SpanwiseAttributes.SPANWISE_READ_NAME, read.readName())
            .startSpan();
    try (Scope scope = span.makeCurrent();
        Connection connection = pool.getConnection()) {
      return result(connection, read, account);
    } catch (SQLException e) {
      span.setStatus(StatusCode.ERROR);
      span.recordException(e);
      throw e;
    } finally {
      span.end();
    }
  }

  private Object result(Connection connection, Read read, long account) throws SQLException {
    return switch (read) {
      case WATCHLIST -> Watchlist.of(connection, account);
      case PORTFOLIO_SUMMARY -> portfolio.of(connection, account);
      case LEADERBOARD -> Leaderboard.top(connection, LEADERBOARD_PLACES);
      case TRADE_HISTORY -> TradeHistory.of(connection, account);
      case FEED -> Feed.of(connection, account);
    };
  }
}
