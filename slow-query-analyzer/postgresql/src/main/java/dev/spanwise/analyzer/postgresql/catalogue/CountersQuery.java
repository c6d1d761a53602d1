package dev.spanwise.analyzer.postgresql.catalogue;

import dev.spanwise.analyzer.catalogue.Counters;
import java.sql.SQLException;
import java.util.Objects;

/**
 * Since when the server counts. Since PostgreSQL 15 pg_stat_database says so only after a reset by
 * hand; a crash, which loses all counters, shows in those that every server has.
 */
final class CountersQuery {

  private static final String SQL =
      """
      SELECT pg_catalog.now() AS read_at,
        greatest(
          (SELECT d.stats_reset FROM pg_catalog.pg_stat_database d
            WHERE d.datname = pg_catalog.current_database()),
          (SELECT b.stats_reset FROM pg_catalog.pg_stat_bgwriter b)) AS since,
        pg_catalog.pg_is_in_recovery() AS standby,
        (SELECT count(*) FROM pg_catalog.pg_stat_get_wal_senders()) AS standbys
      """;

  private CountersQuery() {}

  static Counters run(Rows rows) throws SQLException {
    return rows.one(
        SQL,
        row ->
            new Counters(
                Objects.requireNonNull(Rows.instant(row, "read_at")),
                Rows.instant(row, "since"),
                row.getBoolean("standby"),
                row.getInt("standbys")));
  }
}
