package dev.spanwise.instrumentation.replication;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A server that follows the primary. */
final class Replica {
  private final String name;
  private final Session session;
  private final String query;

  Replica(String name, DataSource dataSource, Duration timeout, Heartbeat heartbeat) {
    this.name = name;
    this.session = new Session(dataSource, timeout);
    this.query =
        """
        SELECT %s, extract(epoch FROM clock_timestamp())::float8,
               CASE WHEN pg_is_in_recovery()
                 THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint END\
        """
            .formatted(heartbeat.writtenAt());
  }

  /**
   * The replica's state.
   *
   * @param heartbeatSeconds the heartbeat that it shows, since the epoch by the primary's clock;
   *     null where it shows none
   * @param seconds its own clock
   * @param replayedBytes how far it has replayed the log; null where it replays none, as after a
   *     promotion
   */
  record State(@Nullable Double heartbeatSeconds, double seconds, @Nullable Long replayedBytes) {}

  String name() {
    return name;
  }

  State read() throws SQLException {
    return session.run(
        statement -> {
          try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return new State(
                row.getObject(1, Double.class), row.getDouble(2), row.getObject(3, Long.class));
          }
        });
  }
}
