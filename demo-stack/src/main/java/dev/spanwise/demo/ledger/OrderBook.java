package dev.spanwise.demo.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Writes orders and their fills, each pair in one transaction. Safe for use by several threads. */
final class OrderBook {
  private static final String INSERT_ORDER =
      """
      insert into orders (account_id, instrument_id, side, quantity, traceparent)
      values (?, ?, ?, ?, ?)
      returning order_id
      """;

  private static final String INSERT_FILL =
      """
      insert into fills (order_id, account_id, instrument_id, side, quantity, price, traceparent)
      select o.order_id, o.account_id, o.instrument_id, o.side, o.quantity, q.price, o.traceparent
      from orders o
      join quotes q on q.instrument_id = o.instrument_id
      where o.order_id = ?
      returning price
      """;

  private final DataSource ledger;

  OrderBook(DataSource ledger) {
    this.ledger = ledger;
  }

  record Fill(long orderId, BigDecimal price) {}

  /** Places an order and fills it at the latest price; nothing if the instrument has none. */
  @Nullable Fill place(Order order) throws SQLException {
    try (Connection connection = ledger.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Fill fill = write(connection, order);
        if (fill == null) {
          connection.rollback();
        } else {
          connection.commit();
        }
        return fill;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private static @Nullable Fill write(Connection connection, Order order) throws SQLException {
    try (PreparedStatement insertOrder = connection.prepareStatement(INSERT_ORDER);
        PreparedStatement insertFill = connection.prepareStatement(INSERT_FILL)) {
      insertOrder.setLong(1, order.account());
      insertOrder.setLong(2, order.instrument());
      insertOrder.setString(3, order.side());
      insertOrder.setLong(4, order.quantity());
      insertOrder.setString(5, TraceParent.current());
      long orderId;
      try (ResultSet row = insertOrder.executeQuery()) {
        row.next();
        orderId = row.getLong(1);
      }
      insertFill.setLong(1, orderId);
      try (ResultSet row = insertFill.executeQuery()) {
        return row.next() ? new Fill(orderId, row.getBigDecimal(1)) : null;
      }
    }
  }
}
