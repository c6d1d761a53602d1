package dev.spanwise.demo.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded PostgreSQL on the loopback interface, with a random password from its first moment
 * on; by itself the library lets everybody in. Safe for use by several threads.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final String USER = "postgres";

  /** Whoever started it ends it in order within this time, if at all. */
  private static final Duration ORDERLY_END_LIMIT = Duration.ofSeconds(15);

  private static final Duration UNREADY_END_LIMIT = Duration.ofSeconds(5);

  private final Path data;
  private final String password;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread endOfJvm = new Thread(this::endWithJvm, "end-of-embedded-postgresql");
  private volatile @Nullable EmbeddedPostgres server;

  private EmbeddedServer(Path data, String password) {
    this.data = data;
    this.password = password;
  }

  /**
   * Starts a new, empty server.
   *
   * @param builder with the server's own settings
   * @param data the directory of its data, which is gone when it is closed
   * @param directory for a file that is gone when the server has started
   * @throws IOException if it does not start; no process of it is left then
   */
  public static EmbeddedServer start(EmbeddedPostgres.Builder builder, Path data, Path directory)
      throws IOException {
    EmbeddedServer server = new EmbeddedServer(data, GeneratedPassword.next());
    Runtime.getRuntime().addShutdownHook(server.endOfJvm);
    try {
      server.run(builder, directory.resolve("initial-password"));
      return server;
    } catch (IOException | RuntimeException e) {
      try {
        server.close();
      } catch (IOException | RuntimeException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private void run(EmbeddedPostgres.Builder builder, Path passwordFile) throws IOException {
    GeneratedPassword.write(passwordFile, password);
    try {
      // What the library takes for the locale's options goes to initdb as it stands, behind its own
      // "-A trust", and the last one counts.
      server =
          builder
              .setDataDirectory(data)
              .setCleanDataDirectory(true)
              .setLocaleConfig("auth", "scram-sha-256")
              .setLocaleConfig("pwfile", passwordFile.toString())
              .setConnectConfig("password", password)
              .setRegisterShutdownHook(false)
              .start();
    } finally {
      Files.delete(passwordFile);
    }
  }

  /** The URL for PostgreSQL's JDBC driver, with the user name and the password in it. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%s/postgres?user=%s&password=%s"
        .formatted(port(), USER, password);
  }

  /** The port of the loopback interface that it listens on. */
  public int port() {
    return Objects.requireNonNull(server).getPort();
  }

  /** The library's own hook would end the server under those that are being ended in order. */
  private void endWithJvm() {
    try {
      if (!ended.await(ORDERLY_END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      logger.warn("the embedded PostgreSQL of {} may have been left behind", data, e);
    }
  }

  private void end() throws IOException {
    EmbeddedPostgres started = server;
    if (started == null) {
      endUnready();
    } else {
      started.close();
    }
  }

  /**
   * The library forgets a server that was not ready in time, without ending it. It may be no
   * descendant of this process: pg_ctl starts it, and may have ended.
   */
  private void endUnready() throws IOException {
    Path processIdFile = data.resolve("postmaster.pid");
    if (Files.exists(processIdFile)) {
      long processId = Long.parseLong(Files.readAllLines(processIdFile).get(0));
      ProcessHandle.of(processId).filter(EmbeddedServer::isPostgresql).ifPresent(this::end);
    }
  }

  /** A server that crashed leaves its file, and its number to another program. */
  private static boolean isPostgresql(ProcessHandle process) {
    return process.info().command().map(command -> command.contains("postgres")).orElse(true);
  }

  private void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().orTimeout(UNREADY_END_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException tooSlow) {
      logger.info("the embedded PostgreSQL of {} does not end by itself", data);
      process.destroyForcibly();
    }
  }

  /** Stops the server at once and deletes its data. */
  @Override
  public void close() throws IOException {
    try {
      end();
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(endOfJvm);
      } catch (IllegalStateException stopping) {
        // The hook waits for the end of the server, which has come.
      }
    }
  }
}
