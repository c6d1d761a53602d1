package dev.spanwise.instrumentation.replication;

import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFailures;
import dev.spanwise.instrumentation.telemetry.WatchedTasks;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Writes a heartbeat on the primary at an interval and shows how old the one is that each replica
 * has ({@code spanwise.replication.heartbeat.age}), how much log the replica has still to replay
 * ({@code spanwise.replication.replay.distance}), and what the replication slots retain ({@code
 * spanwise.replication.slot.retained}, {@code .active}).
 *
 * <p>A replica that is up to date shows an age between 0 and the interval. The age grows as long as
 * nothing arrives, be it that the replica is cut off, its replay is paused or the primary is down:
 * it compares the primary's clock with itself, and goes on by a clock that does not jump while the
 * primary does not answer. Only until the primary has answered for the first time the replica's own
 * clock stands in. The distance needs both servers; it has no value where either does not answer or
 * the replica was promoted.
 *
 * <p>What cannot be read has no value, and is logged at most once a minute for each server. Every
 * server has a thread of its own, so one that is down, or whose pool waits long for a connection,
 * delays no other; what is older than three intervals (and half a minute) of a server that keeps
 * its thread waiting has no value either. The distance has none while the primary takes longer than
 * two intervals. Data sources should have a connect and a login timeout.
 *
 * <p>It never creates the table: run {@link Builder#ddl} once. The role on the primary needs {@code
 * SELECT}, {@code INSERT} and {@code UPDATE} on it, on replicas {@code SELECT}; nothing else, not
 * even {@code pg_monitor}.
 *
 * <p>Its series are told apart by the names of replicas and slots alone: one monitor for each
 * {@code Telemetry}. A process that watches several clusters gives each a registry of its own, with
 * common tags.
 *
 * <p>Safe for use by several threads.
 */
public final class ReplicationMonitor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The rounds of a replica are paced by those of the primary. */
  private static final Duration AFTER_THE_PRIMARY = Duration.ofMillis(1);

  private final ReplicationGauges gauges;
  private final PrimaryAnswers answers = new PrimaryAnswers();
  private final WatchedTasks servers;

  private ReplicationMonitor(Builder settings) {
    Telemetry telemetry = settings.telemetry;
    TelemetryFailures failures = telemetry.failures();
    gauges = new ReplicationGauges(telemetry);
    servers =
        WatchedTasks.start(
            "spanwise-replication-watch", settings.interval, patience(settings.interval), failures);
    PrimaryRound primary =
        new PrimaryRound(
            new Primary(settings.primary, settings.statementTimeout, settings.heartbeat),
            answers,
            gauges,
            failures);
    servers.add(
        "spanwise-replication", settings.interval, primary::run, () -> gauges.showSlots(List.of()));
    settings.replicas.forEach(
        (name, dataSource) -> {
          ReplicaRound replica =
              new ReplicaRound(
                  new Replica(name, dataSource, settings.statementTimeout, settings.heartbeat),
                  answers,
                  settings.interval.multipliedBy(2),
                  gauges,
                  failures);
          servers.add(
              "spanwise-replication-" + name,
              AFTER_THE_PRIMARY,
              replica::run,
              () -> gauges.forgetReplica(name));
        });
  }

  private static Duration patience(Duration interval) {
    Duration tripled = interval.multipliedBy(3);
    return tripled.compareTo(PATIENCE) > 0 ? tripled : PATIENCE;
  }

  /** Starts with the settings of a monitor of that primary. */
  public static Builder builder(Telemetry telemetry, DataSource primary) {
    return new Builder(telemetry, primary);
  }

  /**
   * Ends the heartbeat; the gauges then show nothing. Waits for what is being asked of a server,
   * two seconds of each at most: close it before the data sources.
   */
  @Override
  public void close() {
    answers.end();
    servers.close();
    gauges.close();
  }

  /** Not safe for use by several threads. */
  public static final class Builder {
    private final Telemetry telemetry;
    private final DataSource primary;
    private final Map<String, DataSource> replicas = new LinkedHashMap<>();
    private Duration interval = Duration.ofSeconds(5);
    private Duration statementTimeout = Duration.ofSeconds(2);
    private Heartbeat heartbeat = new Heartbeat("spanwise_heartbeat");

    private Builder(Telemetry telemetry, DataSource primary) {
      this.telemetry = telemetry;
      this.primary = primary;
    }

    /**
     * Watches a replica.
     *
     * @param name on its metrics
     * @throws IllegalArgumentException if there is one of that name
     */
    public Builder replica(String name, DataSource replica) {
      if (replicas.putIfAbsent(name, replica) != null) {
        throw new IllegalArgumentException("two replicas are named " + name);
      }
      return this;
    }

    /**
     * How long to pause after each heartbeat; 5 s by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder interval(Duration interval) {
      this.interval = positive("interval", interval);
      return this;
    }

    /**
     * How long a statement may take; 2 s by default.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder statementTimeout(Duration timeout) {
      this.statementTimeout = positive("statement timeout", timeout);
      return this;
    }

    /**
     * The heartbeat's table, {@code spanwise_heartbeat} by default.
     *
     * @param table {@code table} or {@code schema.table}, in lower case
     * @throws IllegalArgumentException if it is not
     */
    public Builder table(String table) {
      this.heartbeat = new Heartbeat(table);
      return this;
    }

    /** The statement that creates the table, to be run once on the primary. */
    public String ddl() {
      return heartbeat.ddl();
    }

    /** Starts the heartbeat, on daemon threads. */
    public ReplicationMonitor start() {
      return new ReplicationMonitor(this);
    }

    private static Duration positive(String name, Duration value) {
      if (value.isZero() || value.isNegative()) {
        throw new IllegalArgumentException("the %s is more than 0, not %s".formatted(name, value));
      }
      return value;
    }
  }
}
