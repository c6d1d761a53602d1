package dev.spanwise.demo.api;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The latest trades of an account. Slow: no index has {@code trades.account_id}, so the server
 * reads every account's trades and throws them away.
 */
record TradeHistory(String account, List<Trade> trades) implements ReadResult {
  @Override
  public int rows() {
    return trades.size();
  }

  record Trade(
      long tradeId,
      String symbol,
      String side,
      long quantity,
      BigDecimal price,
      Instant executedAt) {}

  private static final Query<Trade> TRADES =
      new Query<>(
          """
          select t.trade_id, i.symbol, t.side, t.quantity, t.price, t.executed_at
          from trades t
          join instruments i on i.instrument_id = t.instrument_id
          where t.account_id = ?
          order by t.executed_at desc
          limit 50
          """,
          rows ->
              new Trade(
                  rows.getLong(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getLong(4),
                  rows.getBigDecimal(5),
                  rows.getTimestamp(6).toInstant()));

  static TradeHistory of(Connection connection, long account) throws SQLException {
    return new TradeHistory(
        Accounts.displayName(connection, account), TRADES.list(connection, account));
  }
}
