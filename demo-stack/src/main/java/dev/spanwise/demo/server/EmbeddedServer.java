package dev.spanwise.demo.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

  private final EmbeddedPostgres server;
  private final String password;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread endOfJvm = new Thread(this::endWithJvm, "end-of-embedded-postgresql");

  private EmbeddedServer(EmbeddedPostgres server, String password) {
    this.server = server;
    this.password = password;
  }

  /**
   * Starts a new, empty server.
   *
   * @param builder with the server's own settings and an empty data directory
   * @param directory for a file that is gone when the server has started
   * @throws IOException if it does not start
   */
  public static EmbeddedServer start(EmbeddedPostgres.Builder builder, Path directory)
      throws IOException {
    String password = GeneratedPassword.next();
    Path file = directory.resolve("initial-password");
    GeneratedPassword.write(file, password);
    try {
      // What the library takes for the locale's options goes to initdb as it stands, behind its own
      // "-A trust", and the last one counts.
      builder
          .setLocaleConfig("auth", "scram-sha-256")
          .setLocaleConfig("pwfile", file.toString())
          .setConnectConfig("password", password)
          .setRegisterShutdownHook(false);
      EmbeddedServer server = new EmbeddedServer(builder.start(), password);
      try {
        Runtime.getRuntime().addShutdownHook(server.endOfJvm);
      } catch (IllegalStateException stopping) {
        server.close();
        throw stopping;
      }
      return server;
    } finally {
      Files.delete(file);
    }
  }

  /** The URL for PostgreSQL's JDBC driver, with the user name and the password in it. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
        .formatted(port(), USER, password);
  }

  /** The port of the loopback interface that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** The library's own hook would end the server under those that are being ended in order. */
  private void endWithJvm() {
    try {
      if (!ended.await(ORDERLY_END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        server.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      logger.warn("the embedded PostgreSQL on port {} may have been left behind", port(), e);
    }
  }

  /** Stops the server at once and deletes its data. */
  @Override
  public void close() throws IOException {
    try {
      server.close();
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
