package dev.spanwise.demo.ledger;

import dev.spanwise.instrumentation.freshness.Freshness;
import dev.spanwise.instrumentation.freshness.Probe;
import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;

/** Writes a probe into the ledger, twice a second. */
final class FreshnessWriter {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private static final String WRITE =
      """
      insert into freshness_probe (id, probe) values (1, ?)
      on conflict (id) do update set probe = excluded.probe
      """;

  private FreshnessWriter() {}

  /** Not through the service's pool: a probe is no request, and makes no spans. */
  static PeriodicTask start(Freshness freshness, String jdbcUrl) {
    PGSimpleDataSource ledger = new PGSimpleDataSource();
    ledger.setUrl(jdbcUrl);
    return freshness.beginEvery(INTERVAL, probe -> write(ledger, probe));
  }

  private static void write(PGSimpleDataSource ledger, Probe probe) throws SQLException {
    try (Connection connection = ledger.getConnection();
        PreparedStatement write = connection.prepareStatement(WRITE)) {
      write.setString(1, probe.toString());
      write.executeUpdate();
    }
  }
}
