package dev.spanwise.instrumentation.replication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The server that is written to. */
final class Primary {
  /** Those that hold the most come first: the bound keeps what matters. */
  private static final String SLOTS =
      """
      SELECT slot_name, active, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint
      FROM pg_replication_slots ORDER BY 3 DESC NULLS LAST, 1 LIMIT 100\
      """;

  private static final String STATE =
      """
      SELECT extract(epoch FROM clock_timestamp())::float8,
             pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint\
      """;

  private final Session session;
  private final Heartbeat heartbeat;

  Primary(DataSource dataSource, Duration timeout, Heartbeat heartbeat) {
    this.session = new Session(dataSource, timeout);
    this.heartbeat = heartbeat;
  }

  /**
   * The server's state.
   *
   * @param seconds its clock, since the epoch
   * @param writtenBytes how far its write-ahead log reaches
   */
  record State(double seconds, long writtenBytes, List<Slot> slots) {}

  void writeHeartbeat() throws SQLException {
    session.run(
        statement -> {
          // Or it would wait for the very replica that it shall show to be away.
          statement.execute("SET LOCAL synchronous_commit = local");
          return statement.executeUpdate(heartbeat.write());
        });
  }

  State read() throws SQLException {
    return session.run(
        statement -> {
          List<Slot> slots = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery(SLOTS)) {
            while (rows.next()) {
              slots.add(
                  new Slot(rows.getString(1), rows.getBoolean(2), rows.getObject(3, Long.class)));
            }
          }
          try (ResultSet row = statement.executeQuery(STATE)) {
            row.next();
            return new State(row.getDouble(1), row.getLong(2), slots);
          }
        });
  }
}
