package dev.spanwise.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server of an installed PostgreSQL on the loopback interface, until it is closed: a primary, or
 * a <a href="https://www.postgresql.org/docs/15/warm-standby.html#STREAMING-REPLICATION">streaming
 * replica</a> of one. A superuser can run programs as whom the server runs as, and any account of
 * the machine reaches its port: it has a random password.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String USER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  /** The SQLSTATE while a server starts up, or a replica has not caught up enough to be read. */
  private static final String CANNOT_CONNECT_NOW = "57P03";

  private final Path binaries;
  private final Path directory;
  private final String password;
  private final ServerProcess process;
  private final int port;

  private PostgresServer(
      Path binaries, Path directory, String password, ServerProcess process, int port) {
    this.binaries = binaries;
    this.directory = directory;
    this.password = password;
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a new, empty primary that streams its log, logically too.
   *
   * @param binaries the directory of {@code initdb}, {@code postgres} and {@code pg_basebackup}
   * @param directory for its data and its log; must not be there yet
   * @throws IOException if it does not start
   */
  public static PostgresServer startPrimary(Path binaries, Path directory) throws IOException {
    makeDirectory(directory);
    String password = GeneratedPassword.next();
    Path passwordFile = directory.resolve("password");
    GeneratedPassword.write(passwordFile, password);
    try {
      OperatingSystemUser.give(passwordFile);
      run(
          directory,
          binaries,
          Map.of(),
          "initdb",
          "--pgdata=" + data(directory),
          "--username=" + USER,
          "--auth=scram-sha-256",
          "--pwfile=" + passwordFile,
          "--encoding=UTF8",
          "--locale=C",
          "--no-sync",
          "--no-instructions");
    } finally {
      Files.delete(passwordFile);
    }
    return start(binaries, directory, password);
  }

  /**
   * Copies this primary and starts a replica that follows it through a slot of its own.
   *
   * @param replica the directory for its data and its log; must not be there yet
   * @param slot the name of its replication slot on the primary
   * @throws IOException if the copy cannot be made or the replica does not start
   */
  public PostgresServer startReplica(Path replica, String slot) throws IOException {
    makeDirectory(replica);
    run(
        replica,
        binaries,
        // Not among the arguments, which every account of the machine can read.
        Map.of("PGPASSWORD", password),
        "pg_basebackup",
        "--pgdata=" + data(replica),
        "--dbname=host=127.0.0.1 port=" + port + " user=" + USER + " application_name=" + slot,
        "--checkpoint=fast",
        "--wal-method=stream",
        "--create-slot",
        "--slot=" + slot,
        "--write-recovery-conf",
        "--no-sync");
    return start(binaries, replica, password);
  }

  private static PostgresServer start(Path binaries, Path directory, String password)
      throws IOException {
    int port = ServerProcess.freePort();
    List<String> command = new ArrayList<>(OperatingSystemUser.prefix());
    command.add(binaries.resolve("postgres").toString());
    command.add("-D");
    command.add(data(directory).toString());
    Map<String, String> settings =
        Map.of(
            "port", Integer.toString(port),
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "wal_level", "logical",
            "fsync", "off",
            "shared_buffers", "32MB",
            "max_connections", "40");
    settings.forEach(
        (name, value) -> {
          command.add("-c");
          command.add(name + "=" + value);
        });
    Path log = directory.resolve("postgresql.log");
    ServerProcess process = ServerProcess.start("PostgreSQL", command, port, log);
    PostgresServer server = new PostgresServer(binaries, directory, password, process, port);
    try {
      server.awaitConnections();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Its port answers before it lets anybody in. */
  private void awaitConnections() throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        DriverManager.getConnection(jdbcUrl()).close();
        return;
      } catch (SQLException notYet) {
        if (!CANNOT_CONNECT_NOW.equals(notYet.getSQLState()) || System.nanoTime() - deadline > 0) {
          throw new IOException("PostgreSQL on port " + port + " lets nobody in", notYet);
        }
      }
      ServerProcess.pause();
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
    OperatingSystemUser.giveDirectory(directory);
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  private static void run(
      Path directory,
      Path binaries,
      Map<String, String> environment,
      String program,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(OperatingSystemUser.prefix());
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    ServerProcess.run(program, command, environment, directory.resolve(program + ".log"));
  }

  /** The URL for PostgreSQL's JDBC driver, with the user name and the password in it. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%s/postgres?user=%s&password=%s"
        .formatted(port, USER, password);
  }

  /** Stops the server at once: its clients are cut off, its data is about to be deleted. */
  @Override
  public void close() {
    try {
      // SIGTERM, all that Java can send, would wait for the clients.
      run(
          directory,
          binaries,
          Map.of(),
          "pg_ctl",
          "--pgdata=" + data(directory),
          "--mode=immediate",
          "--no-wait",
          "stop");
      process.awaitEnd();
    } catch (IOException gone) {
      process.close();
    }
  }
}
