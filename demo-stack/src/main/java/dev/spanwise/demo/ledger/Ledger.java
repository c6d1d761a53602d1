package dev.spanwise.demo.ledger;

import dev.spanwise.demo.server.EmbeddedServer;
import dev.spanwise.demo.server.PostgresServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The database that orders are written to: of an installed PostgreSQL with a streaming replica, or
 * an embedded PostgreSQL 18 without one. Its write-ahead log can be decoded; the publication {@link
 * #PUBLICATION} holds its tables.
 *
 * <p>Safe for use by several threads.
 */
public final class Ledger implements AutoCloseable {
  /** What a capture subscribes to. */
  public static final String PUBLICATION = "demo_capture";

  /** Whose age on a replica tells how far it is behind. */
  static final String HEARTBEAT = "heartbeat";

  private static final String REPLICA_SLOT = "demo_replica";

  private final String jdbcUrl;
  private final @Nullable PostgresServer primary;
  private final @Nullable PostgresServer replica;
  private final @Nullable EmbeddedServer embedded;

  private Ledger(PostgresServer primary, PostgresServer replica) {
    this.jdbcUrl = primary.jdbcUrl();
    this.primary = primary;
    this.replica = replica;
    this.embedded = null;
  }

  private Ledger(EmbeddedServer embedded) {
    this.jdbcUrl = embedded.jdbcUrl();
    this.primary = null;
    this.replica = null;
    this.embedded = embedded;
  }

  /**
   * Starts a ledger without orders, and a quote for each instrument.
   *
   * @param binaries the directory of an installed PostgreSQL's programs; without it the embedded
   *     one runs
   * @param directory for the directories of its servers; the caller deletes them. Root lets other
   *     users through it, because PostgreSQL does not run as root
   * @param instruments how many there are; their ids begin with 1
   * @throws IOException if a server does not start
   */
  public static Ledger start(@Nullable Path binaries, Path directory, int instruments)
      throws IOException {
    Ledger ledger =
        binaries == null ? startEmbedded(directory) : startInstalled(binaries, directory);
    try {
      ledger.fill(instruments);
      return ledger;
    } catch (SQLException e) {
      ledger.close();
      throw new IOException("the ledger's tables could not be made", e);
    }
  }

  private static Ledger startInstalled(Path binaries, Path directory) throws IOException {
    PostgresServer primary =
        PostgresServer.startPrimary(binaries, directory.resolve("ledger-primary"));
    try {
      return new Ledger(
          primary, primary.startReplica(directory.resolve("ledger-replica"), REPLICA_SLOT));
    } catch (IOException e) {
      primary.close();
      throw e;
    }
  }

  private static Ledger startEmbedded(Path directory) throws IOException {
    return new Ledger(
        EmbeddedServer.start(
            EmbeddedPostgres.builder()
                .setServerConfig("wal_level", "logical")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("max_connections", "40"),
            directory.resolve("ledger"),
            directory));
  }

  private void fill(int instruments) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl);
        Statement schema = connection.createStatement();
        PreparedStatement quotes =
            connection.prepareStatement(
                """
                insert into quotes (instrument_id, price)
                select n, exp(1 + random() * 5) from generate_series(1, ?) as n
                """)) {
      schema.execute(script());
      quotes.setInt(1, instruments);
      quotes.executeUpdate();
      schema.execute("vacuum (analyze)");
    }
  }

  private static String script() throws IOException {
    try (InputStream script = Ledger.class.getResourceAsStream("ledger.sql")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The URL for PostgreSQL's JDBC driver, with the user name and the password in it. */
  public String jdbcUrl() {
    return jdbcUrl;
  }

  /** The same of the streaming replica, where there is one. */
  public @Nullable String replicaJdbcUrl() {
    return replica == null ? null : replica.jdbcUrl();
  }

  @Override
  public void close() {
    if (replica != null) {
      replica.close();
    }
    if (primary != null) {
      primary.close();
    }
    if (embedded != null) {
      try {
        embedded.close();
      } catch (IOException e) {
        throw new UncheckedIOException("the embedded ledger did not stop", e);
      }
    }
  }
}
