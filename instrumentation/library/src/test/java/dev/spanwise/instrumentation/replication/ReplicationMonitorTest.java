package dev.spanwise.instrumentation.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.testing.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ReplicationMonitorTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final String AGE = "spanwise.replication.heartbeat.age";
  private static final String REPLICA = "spanwise.replication.replica";
  private static final String DISTANCE = "spanwise.replication.replay.distance";
  private static final String RETAINED = "spanwise.replication.slot.retained";
  private static final String ACTIVE = "spanwise.replication.slot.active";
  private static final String SLOT = "spanwise.replication.slot";

  private static PostgresServer primary;
  private static PostgresServer replica;

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private @Nullable ReplicationMonitor monitor;

  @BeforeAll
  static void startServers() throws SQLException {
    primary = PostgresServer.installed();
    execute(
        primary,
        ReplicationMonitor.builder(new RecordedTelemetry().telemetry(), new PGSimpleDataSource())
            .ddl());
    execute(primary, "CREATE ROLE watcher LOGIN");
    execute(primary, "GRANT SELECT, INSERT, UPDATE ON spanwise_heartbeat TO watcher");
    execute(primary, "CREATE TABLE ballast (text text)");
    replica = primary.streamingReplica();
  }

  @AfterAll
  static void stopServers() {
    replica.close();
    primary.close();
  }

  @AfterEach
  void stopMonitor() {
    if (monitor != null) {
      monitor.close();
    }
  }

  private static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String primaryConnection() throws SQLException {
    try (Connection connection = replica.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW primary_conninfo")) {
      row.next();
      return row.getString(1);
    }
  }

  private static PGSimpleDataSource dataSource(PostgresServer server) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(server.jdbcUrl());
    // The least that it needs.
    dataSource.setUser("watcher");
    return dataSource;
  }

  private ReplicationMonitor.Builder settings() {
    return ReplicationMonitor.builder(recorded.telemetry(), dataSource(primary))
        .replica("east", dataSource(replica))
        .interval(INTERVAL);
  }

  private void await(String metric, DoublePredicate condition) throws InterruptedException {
    RecordedTelemetry.await(
        metric,
        () -> {
          Double value = recorded.gauge(metric);
          return value != null && condition.test(value);
        });
  }

  @Test
  void aReplicaThatKeepsUpIsAsOldAsTheIntervalAtMost() throws Exception {
    monitor =
        ReplicationExample.start(recorded.telemetry(), dataSource(primary), dataSource(replica));

    await(DISTANCE, distance -> distance < 100_000);
    await(AGE, age -> age < 5.5);
    // More than one interval: without another heartbeat it would grow past the maximum.
    double oldest = 0;
    long end = System.nanoTime() + Duration.ofSeconds(7).toNanos();
    while (System.nanoTime() < end) {
      Double age = recorded.gauge(AGE);
      oldest = Math.max(oldest, age == null ? Double.POSITIVE_INFINITY : age);
      Thread.sleep(20);
    }
    assertThat(oldest).isLessThan(5.5);
  }

  @Test
  void ageAndDistanceGrowWhileReplayIsPausedAndFallAfterwards() throws Exception {
    monitor = settings().start();
    await(AGE, age -> age < 0.5);

    execute(replica, "SELECT pg_wal_replay_pause()");
    try {
      execute(
          primary, "INSERT INTO ballast SELECT repeat('x', 1000) FROM generate_series(1, 1000)");
      await(DISTANCE, distance -> distance > 1_000_000);
      await(AGE, age -> age > 1);
    } finally {
      execute(replica, "SELECT pg_wal_replay_resume()");
    }

    await(AGE, age -> age < 0.5);
    await(DISTANCE, distance -> distance < 100_000);
  }

  @Test
  void theAgeOfADisconnectedReplicaGrows() throws Exception {
    monitor = settings().start();
    await(AGE, age -> age < 0.5);

    String connection = primaryConnection();
    execute(replica, "ALTER SYSTEM SET primary_conninfo = 'host=127.0.0.1 port=1'");
    execute(replica, "SELECT pg_reload_conf()");
    try {
      await(AGE, age -> age > 1.5);
      await(DISTANCE, distance -> distance > 0);
      assertThat(recorded.gauge(AGE)).isLessThan(30);
    } finally {
      execute(
          replica, "ALTER SYSTEM SET primary_conninfo = '" + connection.replace("'", "''") + "'");
      execute(replica, "SELECT pg_reload_conf()");
    }
    await(AGE, age -> age < 0.5);
  }

  @Test
  void theAgeGrowsWhileThePrimaryIsDownAndWhatNeedsThePrimaryHasNoValue() throws Exception {
    monitor = settings().start();
    await(AGE, age -> age < 0.5);

    primary.stop();
    try {
      await(AGE, age -> age > 1.5);
      RecordedTelemetry.await("no distance", () -> recorded.gauge(DISTANCE) == null);
      assertThat(recorded.gauge(RETAINED)).isNull();
    } finally {
      primary.startAgain();
    }
    await(AGE, age -> age < 0.5);
  }

  /** A pool that waits for a connection much longer than the interval. */
  private static HikariDataSource patientPool(PGSimpleDataSource dataSource) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(dataSource);
    config.setConnectionTimeout(6_000);
    config.setInitializationFailTimeout(-1);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }

  @Test
  void theAgeGrowsSteadilyWhileThePrimarysPoolWaitsForAConnection() throws Exception {
    try (HikariDataSource pool = patientPool(dataSource(primary))) {
      monitor =
          ReplicationMonitor.builder(recorded.telemetry(), pool)
              .replica("east", dataSource(replica))
              .interval(INTERVAL)
              .start();
      await(DISTANCE, distance -> distance >= 0);
      await(AGE, age -> age < 0.5);

      primary.stop();
      try {
        await(AGE, age -> age > 1);
        double first = Objects.requireNonNull(recorded.gauge(AGE));
        long begin = System.nanoTime();
        await(AGE, age -> age > first + 2);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        assertThat(recorded.gauge(DISTANCE)).isNull();
      } finally {
        primary.startAgain();
      }
      await(AGE, age -> age < 0.5);
      monitor.close();
    }
  }

  @Test
  void aReplicaWhosePoolWaitsForAConnectionDelaysNeitherHeartbeatsNorOtherReplicas()
      throws Exception {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/postgres");
    try (HikariDataSource pool = patientPool(nowhere)) {
      monitor =
          ReplicationMonitor.builder(recorded.telemetry(), dataSource(primary))
              .replica("west", pool)
              .replica("east", dataSource(replica))
              .interval(INTERVAL)
              .start();
      long begin = System.nanoTime();
      await(AGE, age -> age < 0.5);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));

      execute(replica, "SELECT pg_wal_replay_pause()");
      try {
        await(AGE, age -> age > 1);
      } finally {
        execute(replica, "SELECT pg_wal_replay_resume()");
      }
      long resumed = System.nanoTime();
      await(AGE, age -> age < 0.5);
      assertThat(Duration.ofNanos(System.nanoTime() - resumed)).isLessThan(Duration.ofSeconds(4));
      monitor.close();
    }
  }

  @Test
  void aMonitorThatStartsWithoutThePrimaryGoesByTheReplicasClock() throws Exception {
    monitor =
        ReplicationMonitor.builder(recorded.telemetry(), new PGSimpleDataSource())
            .replica("east", dataSource(replica))
            .interval(INTERVAL)
            .start();

    // Nobody writes heartbeats.
    await(AGE, age -> age > 0);
    double first = Objects.requireNonNull(recorded.gauge(AGE));
    await(AGE, age -> age > first + 0.5);
    assertThat(Objects.requireNonNull(recorded.gauge(AGE)) - first).isLessThan(30);
    assertThat(recorded.gauge(DISTANCE)).isNull();
  }

  @Test
  void aPromotedReplicaHasNoDistanceWhileItsAgeGrows() throws Exception {
    try (PostgresServer promoted = primary.streamingReplica()) {
      monitor =
          ReplicationMonitor.builder(recorded.telemetry(), dataSource(primary))
              .replica("promoted", dataSource(promoted))
              .interval(INTERVAL)
              .start();
      await(DISTANCE, distance -> distance >= 0);

      execute(promoted, "SELECT pg_promote()");

      RecordedTelemetry.await("no distance", () -> recorded.gauge(DISTANCE) == null);
      await(AGE, age -> age > 1);
      assertThat(recorded.gauge(DISTANCE)).isNull();
      monitor.close();
    } finally {
      RecordedTelemetry.await("the slot of the promoted replica dropped", this::dropUnusedSlot);
    }
  }

  private boolean dropUnusedSlot() {
    try (Connection connection = primary.connect();
        Statement statement = connection.createStatement();
        ResultSet dropped =
            statement.executeQuery(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots"
                    + " WHERE NOT active")) {
      return dropped.next();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReplicaThatDoesNotAnswerHasNoValue() throws Exception {
    AtomicBoolean answers = new AtomicBoolean(true);
    PGSimpleDataSource west =
        new PGSimpleDataSource() {
          private static final long serialVersionUID = 1;

          @Override
          public Connection getConnection() throws SQLException {
            if (!answers.get()) {
              throw new SQLException("west is gone");
            }
            return super.getConnection();
          }
        };
    west.setUrl(replica.jdbcUrl());
    west.setUser("watcher");
    monitor = settings().replica("west", west).start();
    RecordedTelemetry.await("an age of west", () -> recorded.gauge(AGE, REPLICA, "west") != null);

    answers.set(false);

    RecordedTelemetry.await("no age of west", () -> recorded.gauge(AGE, REPLICA, "west") == null);
    assertThat(recorded.gauge(AGE, REPLICA, "east")).isNotNull();
  }

  @Test
  void aSlotWithoutAClientRetainsTheLogUntilItIsDropped() throws Exception {
    execute(primary, "SELECT pg_create_physical_replication_slot('idle', true)");
    execute(primary, "SELECT pg_create_physical_replication_slot('unused')");
    monitor = settings().start();

    execute(primary, "INSERT INTO ballast SELECT repeat('y', 1000) FROM generate_series(1, 1000)");

    RecordedTelemetry.await(
        "bytes retained",
        () -> {
          Double retained = recorded.gauge(RETAINED, SLOT, "idle");
          return retained != null && retained > 1_000_000;
        });
    assertThat(recorded.gauge(ACTIVE, SLOT, "idle")).isZero();
    assertThat(recorded.gauge(ACTIVE, SLOT, "unused")).isZero();
    assertThat(recorded.gauge(RETAINED, SLOT, "unused")).isNull();
    assertThat(recorded.meters()).anyMatch(meter -> meter.contains(ACTIVE));

    execute(primary, "SELECT pg_drop_replication_slot('idle')");
    execute(primary, "SELECT pg_drop_replication_slot('unused')");

    RecordedTelemetry.await("no slot", () -> recorded.gauge(ACTIVE, SLOT, "idle") == null);
  }

  @Test
  void aTableThatIsLockedEndsTheStatementInTimeAndSlotsAreReadAllTheSame() throws Exception {
    try (Connection locker = primary.connect();
        Statement lock = locker.createStatement()) {
      locker.setAutoCommit(false);
      lock.execute("LOCK TABLE spanwise_heartbeat IN EXCLUSIVE MODE");
      monitor = settings().statementTimeout(Duration.ofMillis(100)).start();

      await(AGE, age -> age > 1);
      await(ACTIVE, active -> active == 1);
    }
    await(AGE, age -> age < 0.5);
  }

  @Test
  void aClosedMonitorShowsNothing() throws Exception {
    ReplicationMonitor closed = settings().start();
    await(AGE, age -> age < 0.5);

    closed.close();

    assertThat(recorded.meters()).isEmpty();
  }

  @Test
  void closingDoesNotWaitForAReplicaThatWaitsForThePrimary() throws Exception {
    ReplicationMonitor closed = settings().interval(Duration.ofHours(1)).start();
    await(DISTANCE, distance -> distance >= 0);
    long begun = System.nanoTime();

    closed.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(1_500));
  }

  @Test
  void aTableByAnotherNameIsWrittenToAndAWrongNameIsRefused() throws Exception {
    ReplicationMonitor.Builder named = settings().table("public.beat");
    execute(primary, named.ddl());
    execute(primary, "GRANT ALL ON public.beat TO watcher");
    monitor = named.start();
    await(AGE, age -> age < 0.5);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings().table("beat\"; DROP TABLE x; --").ddl())
        .withMessageContaining("DROP TABLE");
  }
}
