package dev.spanwise.demo.api;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The accounts with the highest return, best first. */
record Leaderboard(List<Place> places) implements ReadResult {
  @Override
  public int rows() {
    return places.size();
  }

  record Place(long rank, long accountId, String account, BigDecimal returnPercent) {}

  private static final Query<Place> PLACES =
      new Query<>(
          """
          select rank, account_id, display_name, return_percent
          from leaderboard
          where rank <= ?
          order by rank
          """,
          rows ->
              new Place(
                  rows.getLong(1), rows.getLong(2), rows.getString(3), rows.getBigDecimal(4)));

  static Leaderboard top(Connection connection, long places) throws SQLException {
    return new Leaderboard(PLACES.list(connection, places));
  }
}
