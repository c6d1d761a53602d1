package dev.spanwise.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * A <a href="https://www.pgbouncer.org/config.html">PgBouncer</a> in transaction mode in front of a
 * server: consecutive transactions of one connection may run on different backends.
 */
public final class PgBouncer extends Server {
  private static final String FILE_NAME = "pgbouncer.ini";

  private PgBouncer(Instance instance) {
    super(instance);
  }

  /**
   * Starts the {@code pgbouncer} of this machine.
   *
   * @param server where every database and user is passed on to, as its superuser
   * @param backends the most connections to one database of the server
   * @throws org.opentest4j.TestAbortedException if it is not installed
   * @throws IllegalStateException if it does not get ready, with the end of what it printed
   */
  public static PgBouncer inFrontOf(PostgresServer server, int backends) {
    if (backends < 1) {
      throw new IllegalArgumentException("backends must be at least 1, was " + backends);
    }
    String executable = InstalledProgram.require("pgbouncer", "pgbouncer").toString();
    Path directory = Account.NOT_ROOT.newDirectory("pgbouncer");
    return new PgBouncer(
        new LocalProcess(
            new LocalProgram(
                "pgbouncer",
                Account.NOT_ROOT,
                port -> {
                  write(directory.resolve(FILE_NAME), port, server, backends);
                  return List.of(executable, FILE_NAME);
                },
                "process up",
                "TERM"),
            directory));
  }

  private static void write(Path file, int port, PostgresServer server, int backends) {
    try {
      Files.writeString(
          file,
          """
          [databases]
          * = host=%s port=%s user=postgres
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %s
          unix_socket_dir =
          auth_type = any
          pool_mode = transaction
          default_pool_size = %s
          ignore_startup_parameters = extra_float_digits
          """
              .formatted(server.host(), server.port(), port, backends));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * For PostgreSQL's JDBC driver, which shall not prepare statements on the server: PgBouncer
   * before 1.21 does not carry them from one backend to another.
   */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%s/%s?user=postgres&prepareThreshold=0"
        .formatted(port(), database);
  }

  /** For the database {@code postgres}. */
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  /** A new connection to the database {@code postgres}, through PgBouncer. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }
}
