package dev.spanwise.demo.projection;

import dev.spanwise.demo.cache.InvalidatedCache;
import dev.spanwise.demo.stream.FreshnessProbes;
import dev.spanwise.demo.stream.LedgerChange;
import dev.spanwise.demo.stream.MalformedChangeException;
import dev.spanwise.instrumentation.freshness.Freshness;
import dev.spanwise.instrumentation.freshness.Leg;
import dev.spanwise.instrumentation.freshness.Probe;
import dev.spanwise.instrumentation.invalidation.Write;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

  /** How often each watchlist was written: its versions follow one another without gaps. */
  private static final String VERSIONS =
      """
      create table if not exists watchlist_versions (
          account_id bigint primary key,
          version bigint not null
      )
      """;

  private static final String NEXT_VERSION =
      """
      insert into watchlist_versions (account_id, version) values (?, 1)
      on conflict (account_id) do update set version = watchlist_versions.version + 1
      returning version
      """;

  private static final String VERSION =
      "select version from watchlist_versions where account_id = ?";

  private static final String PROBES =
      """
      create table if not exists freshness_probe (
          id smallint primary key check (id = 1),
          probe text not null
      )
      """;

  private static final String PROBE =
      """
      insert into freshness_probe (id, probe) values (1, ?)
      on conflict (id) do update set probe = excluded.probe
      """;

  private final DataSource database;
  private final Freshness freshness;

  ReadModelWriter(DataSource database, Freshness freshness) {
    this.database = database;
    this.freshness = freshness;
  }

  /** Makes what the projection itself must remember, where it is not there yet. */
  static void prepare(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(VERSIONS);
      statement.execute(PROBES);
    }
  }

  /**
   * Writes a change.
   *
   * @return which cached value is out of date now, if one can be; the same again for a change that
   *     comes again
   */
  @Nullable Write apply(LedgerChange change) throws SQLException, MalformedChangeException {
    Probe probe = FreshnessProbes.of(change);
    if (probe != null) {
      return apply(probe);
    }
    if (!change.table().equals("fills") || !change.operation().equals("insert")) {
      return null;
    }
    Fill fill = Fill.of(change);
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        long version = version(connection, write(connection, fill) ? NEXT_VERSION : VERSION, fill);
        connection.commit();
        return new Write("watchlist:" + fill.account(), version, change.committedAt());
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private Write apply(Probe probe) throws SQLException {
    Probe streamed = freshness.reached(probe, Leg.STREAM);
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(PROBE)) {
      statement.setString(1, streamed.id());
      statement.executeUpdate();
    }
    Probe projected = freshness.reached(streamed, Leg.PROJECT);
    return new Write(InvalidatedCache.PROBE + projected, null, projected.committed());
  }

  private static long version(Connection connection, String sql, Fill fill) throws SQLException {
    try (PreparedStatement version = connection.prepareStatement(sql)) {
      version.setLong(1, fill.account());
      try (ResultSet row = version.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("the watchlist of account " + fill.account() + " has no version");
        }
        return row.getLong(1);
      }
    }
  }

  /** Returns false if the change was there already. */
  private static boolean write(Connection connection, Fill fill) throws SQLException {
    try (PreparedStatement trade = connection.prepareStatement(TRADE)) {
      trade.setLong(1, FIRST_TRADE + fill.number());
      trade.setLong(2, fill.account());
      trade.setLong(3, fill.instrument());
      trade.setString(4, fill.side());
      trade.setLong(5, fill.quantity());
      trade.setBigDecimal(6, fill.price());
      trade.setObject(7, fill.filledAt());
      if (trade.executeUpdate() == 0) {
        return false;
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
    return true;
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
