package dev.spanwise.testing.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server with {@code wal_level=logical} and without a password for its superuser
 * {@code postgres}; it forgoes fsync, so what it holds outlives a restart but not a power cut.
 */
public final class PostgresServer extends Server {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "wal_level", "logical",
          "fsync", "off",
          "full_page_writes", "off");

  private final @Nullable InstalledPostgres installed;

  private PostgresServer(Instance instance, @Nullable InstalledPostgres installed) {
    super(instance);
    this.installed = installed;
  }

  /**
   * Starts PostgreSQL 18, whose programs come as a dependency: nothing need be installed.
   *
   * @throws IllegalStateException if it does not get ready
   */
  public static PostgresServer embedded() {
    return embedded(Map.of());
  }

  /**
   * Starts PostgreSQL 18 with settings by name, beside the class's own.
   *
   * @throws IllegalStateException if it does not get ready
   */
  public static PostgresServer embedded(Map<String, String> settings) {
    return new PostgresServer(new EmbeddedInstance(withOwn(settings)), null);
  }

  /**
   * Starts the newest PostgreSQL of this machine.
   *
   * @throws org.opentest4j.TestAbortedException if there is none
   * @throws IllegalStateException if it does not get ready, with the end of what it printed
   */
  public static PostgresServer installed() {
    return installed(Map.of());
  }

  /**
   * Starts the newest PostgreSQL of this machine with settings by name, beside the class's own.
   *
   * @throws org.opentest4j.TestAbortedException if there is none
   * @throws IllegalStateException if it does not get ready, with the end of what it printed
   */
  public static PostgresServer installed(Map<String, String> settings) {
    InstalledPostgres installed = InstalledPostgres.find(withOwn(settings));
    return new PostgresServer(installed.start(), installed);
  }

  static PostgresServer inContainer(Map<String, String> settings) {
    List<String> arguments = new ArrayList<>(List.of("postgres"));
    withOwn(settings)
        .forEach(
            (name, value) -> {
              arguments.add("-c");
              arguments.add(name + "=" + value);
            });
    return new PostgresServer(
        ContainerInstance.start(
            new ContainerProgram(
                ContainerImage.POSTGRES,
                5432,
                arguments,
                Map.of("POSTGRES_HOST_AUTH_METHOD", "trust"),
                "SIGINT",
                PostgresServer::answers)),
        null);
  }

  private static boolean answers(String host, int port) {
    try (Connection connection = DriverManager.getConnection(jdbcUrl(host, port, "postgres"))) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private static String jdbcUrl(String host, int port, String database) {
    return "jdbc:postgresql://%s:%s/%s?user=postgres".formatted(host, port, database);
  }

  private static Map<String, String> withOwn(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(SETTINGS);
    all.putAll(settings);
    return all;
  }

  /**
   * Starts a hot standby that follows this server through a replication slot of its own, from a
   * base backup taken now. It has this server's settings, and {@code pg_stat_replication} shows it
   * under the slot's name. Close it before this server.
   *
   * @throws UnsupportedOperationException if this server is not an installed one: only there is a
   *     {@code pg_basebackup} of the same version
   * @throws IllegalStateException if the backup fails or the standby does not get ready, with the
   *     end of what was printed
   */
  public PostgresServer streamingReplica() {
    if (installed == null) {
      throw new UnsupportedOperationException(
          "only an installed PostgreSQL brings the pg_basebackup that makes a replica");
    }
    return new PostgresServer(installed.startReplicaOf(port()), installed);
  }

  /** For PostgreSQL's JDBC driver, with the user's name in it. */
  public String jdbcUrl(String database) {
    return jdbcUrl(host(), port(), database);
  }

  /** For the database {@code postgres}. */
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  /** A new connection to the database {@code postgres}. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl());
  }
}
