package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.corpus.CorpusCase.Blocker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The other sessions of a case, each in a transaction that it rolls back after its time. */
final class Blockers implements AutoCloseable {

  private final List<Blocker> blockers;
  private final List<Connection> connections = new ArrayList<>();
  private final List<Future<?>> endings = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Blockers(CorpusServer server, String database, List<Blocker> blockers) throws SQLException {
    this.blockers = blockers;
    for (Blocker blocker : blockers) {
      Connection connection = server.connect(database);
      connections.add(connection);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(blocker.sql());
      }
    }
  }

  /** From now on the times run that the blockers hold what they hold. */
  void startClock() {
    for (int i = 0; i < connections.size(); i++) {
      Connection connection = connections.get(i);
      endings.add(
          clock.schedule(
              () -> {
                connection.close();
                return null;
              },
              blockers.get(i).hold().toMillis(),
              TimeUnit.MILLISECONDS));
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      for (Future<?> ending : endings) {
        ending.get();
      }
    } catch (Exception e) {
      throw new SQLException("a blocking session failed to end", e);
    } finally {
      clock.shutdownNow();
    }
  }
}
