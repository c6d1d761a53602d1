package dev.spanwise.demo.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The latest public items of other accounts. Slow: the filter keeps nine rows in ten, and no index
 * has their order, so the server sorts nearly the whole table to return fifty.
 */
record Feed(String account, List<Item> items) implements ReadResult {
  @Override
  public int rows() {
    return items.size();
  }

  record Item(long activityId, long actorId, String kind, String headline, Instant publishedAt) {}

  private static final Query<Item> ITEMS =
      new Query<>(
          """
          select activity_id, actor_id, kind, headline, published_at
          from activity
          where visibility = 'public' and actor_id <> ?
          order by published_at desc
          limit 50
          """,
          rows ->
              new Item(
                  rows.getLong(1),
                  rows.getLong(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getTimestamp(5).toInstant()));

  static Feed of(Connection connection, long account) throws SQLException {
    return new Feed(Accounts.displayName(connection, account), ITEMS.list(connection, account));
  }
}
