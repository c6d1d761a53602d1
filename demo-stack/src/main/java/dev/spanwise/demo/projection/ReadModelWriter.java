package dev.spanwise.demo.projection;

import dev.spanwise.demo.cache.Invalidation;
import dev.spanwise.demo.stream.LedgerChange;
import dev.spanwise.demo.stream.MalformedChangeException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ledger's changes to the read model: a fill becomes a trade, moves the account's
 * position and puts the instrument on its watchlist. Each change is one transaction, and is written
 * once however often it comes.
 */
final class ReadModelWriter {
  /** The trades that the read model began with have lower numbers. */
  private static final long FIRST_TRADE = 1_000_000_000;

  private static final String TRADE =
      """
      insert into trades (trade_id, account_id, instrument_id, side, quantity, price, executed_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (trade_id) do nothing
      """;

  private static final String POSITION =
      """
      insert into positions (account_id, instrument_id, quantity, average_cost, opened_at)
      values (?, ?, ?, ?, ?)
      on conflict (account_id, instrument_id) do update
      set quantity = positions.quantity + excluded.quantity
      """;

  private static final String WATCH =
      """
      insert into watchlist_items (account_id, instrument_id, added_at)
      values (?, ?, ?)
      on conflict (account_id, instrument_id) do nothing
      """;

  private final DataSource database;

  ReadModelWriter(DataSource database) {
    this.database = database;
  }

  /**
   * Writes a change.
   *
   * @return what is out of date now, if anything that is cached can be
   */
  @Nullable Invalidation apply(LedgerChange change) throws SQLException, MalformedChangeException {
    if (!change.table().equals("fills") || !change.operation().equals("insert")) {
      return null;
    }
    Fill fill = Fill.of(change);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        write(connection, fill);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
    return new Invalidation("watchlist:" + fill.account(), change.committedAt());
  }

  private static void write(Connection connection, Fill fill) throws SQLException {
    try (PreparedStatement trade = connection.prepareStatement(TRADE)) {
      trade.setLong(1, FIRST_TRADE + fill.number());
      trade.setLong(2, fill.account());
      trade.setLong(3, fill.instrument());
      trade.setString(4, fill.side());
      trade.setLong(5, fill.quantity());
      trade.setBigDecimal(6, fill.price());
      trade.setObject(7, fill.filledAt());
      if (trade.executeUpdate() == 0) {
        return;
      }
    }
    try (PreparedStatement position = connection.prepareStatement(POSITION)) {
      position.setLong(1, fill.account());
      position.setLong(2, fill.instrument());
      position.setLong(3, fill.side().equals("buy") ? fill.quantity() : -fill.quantity());
      position.setBigDecimal(4, fill.price());
      position.setObject(5, fill.filledAt());
      position.executeUpdate();
    }
    try (PreparedStatement watch = connection.prepareStatement(WATCH)) {
      watch.setLong(1, fill.account());
      watch.setLong(2, fill.instrument());
      watch.setObject(3, fill.filledAt());
      watch.executeUpdate();
    }
  }

  /**
   * Whether a change that failed so will fail each time: its values are refused (<a
   * href="https://www.postgresql.org/docs/18/errcodes-appendix.html">classes 22 and 23</a>).
   */
  static boolean isPermanent(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }

  private record Fill(
      long number,
      long account,
      long instrument,
      String side,
      long quantity,
      BigDecimal price,
      OffsetDateTime filledAt) {
    static Fill of(LedgerChange change) throws MalformedChangeException {
      try {
        return new Fill(
            change.number("fill_id"),
            change.number("account_id"),
            change.number("instrument_id"),
            change.text("side"),
            change.number("quantity"),
            new BigDecimal(change.text("price")),
            OffsetDateTime.parse(change.text("filled_at")));
      } catch (NumberFormatException | DateTimeParseException e) {
        throw new MalformedChangeException("the fill holds what is no price or time", e);
      }
    }
  }
}
