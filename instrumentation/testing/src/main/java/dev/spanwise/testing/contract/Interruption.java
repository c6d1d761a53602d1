package dev.spanwise.testing.contract;

import dev.spanwise.testing.server.NatsServer;
import dev.spanwise.testing.server.PostgresServer;
import dev.spanwise.testing.server.Server;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Restarts or stops a server once, while an application waits for what it asked it for. */
final class Interruption {
  private static final long PATIENCE_SECONDS = 100;

  private Interruption() {}

  private static <T> T during(Callable<T> application, Step step) throws Exception {
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(
            () -> {
              try {
                step.run();
              } catch (Exception e) {
                throw new IllegalStateException("the server could not be restarted", e);
              }
            });
    T result = application.call();
    done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return result;
  }

  private interface Step {
    void run() throws Exception;
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  /** Once a statement sleeps on it. */
  static <T> T whenRead(PostgresServer server, Callable<T> application) throws Exception {
    return during(
        application,
        () -> {
          try (Connection connection = server.connect()) {
            await(() -> sleeps(connection));
          }
          restart(server);
        });
  }

  private static boolean sleeps(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'PgSleep'")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Once a new connection looks up a function, which it cannot; the server stays away. */
  static <T> T whenAsked(PostgresServer server, Callable<T> application) throws Exception {
    try (Connection connection = server.connect()) {
      connection.setAutoCommit(false);
      // What it calls itself is looked up before.
      isLookedUp(connection);
      try (Statement statement = connection.createStatement()) {
        statement.execute("LOCK TABLE pg_catalog.pg_proc");
      }
      return during(
          application,
          () -> {
            await(() -> isLookedUp(connection));
            server.stop();
          });
    }
  }

  private static boolean isLookedUp(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) > 0 FROM pg_locks"
                    + " WHERE relation = 'pg_catalog.pg_proc'::regclass AND NOT granted")) {
      row.next();
      return row.getBoolean(1);
    }
  }

  /** Once there is nothing left to pull; the end is published after that. */
  static <T> T whenPulled(NatsServer server, Orders orders, Callable<T> application)
      throws Exception {
    return during(
        application,
        () -> {
          await(orders::isPulledInVain);
          restart(server);
          await(() -> isPublished(orders));
        });
  }

  private static boolean isPublished(Orders orders) throws Exception {
    try {
      orders.publishEnd();
      return true;
    } catch (IOException | JetStreamApiException notYet) {
      return false;
    }
  }

  private static void restart(Server server) {
    server.stop();
    server.startAgain();
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException("the application did not come to wait");
      }
      Thread.sleep(20);
    }
  }
}
