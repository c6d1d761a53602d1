package dev.spanwise.demo.api;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The instruments that an account follows, newest first. */
record Watchlist(String account, List<Item> items) implements ReadResult {
  @Override
  public int rows() {
    return items.size();
  }

  record Item(String symbol, String name, BigDecimal price, BigDecimal previousClose) {}

  private static final Query<Item> ITEMS =
      new Query<>(
          """
          select i.symbol, i.name, q.price, q.previous_close
          from watchlist_items w
          join instruments i on i.instrument_id = w.instrument_id
          join quotes q on q.instrument_id = w.instrument_id
          where w.account_id = ?
          order by w.added_at desc
          """,
          rows ->
              new Item(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getBigDecimal(3),
                  rows.getBigDecimal(4)));

  static Watchlist of(Connection connection, long account) throws SQLException {
    return new Watchlist(
        Accounts.displayName(connection, account), ITEMS.list(connection, account));
  }
}
