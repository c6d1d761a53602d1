package dev.spanwise.demo.api;

import dev.spanwise.demo.api.Portfolio.Holding;
import dev.spanwise.demo.api.Portfolio.Instrument;
import dev.spanwise.demo.api.Portfolio.Position;
import dev.spanwise.demo.api.Portfolio.Summary;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a portfolio in one of two ways. One by one is slow although each of its statements is fast:
 * it sends one for every position, some two hundred. Batched sends one for all.
 */
enum PortfolioRead {
  ONE_BY_ONE {
    @Override
    List<Holding> holdings(Connection connection, List<Position> positions) throws SQLException {
      List<Holding> holdings = new ArrayList<>();
      for (Position position : positions) {
        for (Instrument instrument : INSTRUMENT.list(connection, position.instrumentId())) {
          holdings.add(Holding.of(position, instrument));
        }
      }
      return holdings;
    }
  },

  BATCHED {
    @Override
    List<Holding> holdings(Connection connection, List<Position> positions) throws SQLException {
      Array ids =
          connection.createArrayOf(
              "bigint", positions.stream().map(Position::instrumentId).toArray());
      Map<Long, Instrument> instruments = new HashMap<>();
      for (Instrument instrument : INSTRUMENTS.list(connection, ids)) {
        instruments.put(instrument.instrumentId(), instrument);
      }
      List<Holding> holdings = new ArrayList<>();
      for (Position position : positions) {
        Instrument instrument = instruments.get(position.instrumentId());
        if (instrument != null) {
          holdings.add(Holding.of(position, instrument));
        }
      }
      return holdings;
    }
  };

  private static final Query<Summary> SUMMARY =
      new Query<>(
          """
          select position_count, market_value, cost, day_change
          from portfolio_summary
          where account_id = ?
          """,
          rows ->
              new Summary(
                  rows.getLong(1),
                  rows.getBigDecimal(2),
                  rows.getBigDecimal(3),
                  rows.getBigDecimal(4)));

  private static final Query<Position> POSITIONS =
      new Query<>(
          "select instrument_id, quantity, average_cost from positions where account_id = ?",
          rows -> new Position(rows.getLong(1), rows.getLong(2), rows.getBigDecimal(3)));

  private static final String INSTRUMENTS_WHERE =
      """
      select i.instrument_id, i.symbol, i.name, q.price
      from instruments i
      join quotes q on q.instrument_id = i.instrument_id
      where i.instrument_id =\s""";

  private static final Query.Row<Instrument> INSTRUMENT_ROW =
      rows ->
          new Instrument(
              rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBigDecimal(4));

  private static final Query<Instrument> INSTRUMENT =
      new Query<>(INSTRUMENTS_WHERE + "?", INSTRUMENT_ROW);

  private static final Query<Instrument> INSTRUMENTS =
      new Query<>(INSTRUMENTS_WHERE + "any(?)", INSTRUMENT_ROW);

  abstract List<Holding> holdings(Connection connection, List<Position> positions)
      throws SQLException;

  /**
   * Returns what the account holds.
   *
   * @throws NoSuchAccountException if there is no such account
   */
  Portfolio of(Connection connection, long account) throws SQLException {
    String name = Accounts.displayName(connection, account);
    Summary summary =
        SUMMARY.list(connection, account).stream()
            .findFirst()
            .orElseThrow(() -> new NoSuchAccountException(account));
    List<Position> positions = POSITIONS.list(connection, account);
    return new Portfolio(name, summary, holdings(connection, positions));
  }
}
