package dev.spanwise.demo.api;

import dev.spanwise.instrumentation.freshness.Freshness;
import dev.spanwise.instrumentation.freshness.FreshnessWatch;
import dev.spanwise.instrumentation.freshness.Leg;
import dev.spanwise.instrumentation.freshness.Probe;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads each freshness probe when it is told of one: then a user would see it too. */
final class FreshnessReader implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(FreshnessReader.class);
  private static final int REMEMBERED = 10_000;
  private static final Duration GAUGE_INTERVAL = Duration.ofSeconds(1);

  private static final Query<String> PROBE =
      new Query<>("select probe from freshness_probe", rows -> rows.getString(1));

  private final Freshness freshness;
  private final FreshnessWatch watch;
  private final DataSource database;
  private final List<Duration> totals = new ArrayList<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread started = new Thread(task, "freshness-reader");
            started.setDaemon(true);
            return started;
          });

  FreshnessReader(Telemetry telemetry, DataSource database) {
    this.freshness = Freshness.create(telemetry);
    this.watch = FreshnessWatch.start(telemetry, GAUGE_INTERVAL);
    this.database = database;
  }

  void arrived(Probe probe) {
    Probe invalidated = freshness.reached(probe, Leg.INVALIDATE);
    thread.execute(() -> read(invalidated));
  }

  private void read(Probe probe) {
    try (Connection connection = database.getConnection()) {
      if (PROBE.list(connection).contains(probe.id())) {
        Probe seen = freshness.reached(probe, Leg.VISIBLE);
        watch.seen(seen);
        remember(Duration.between(seen.committed(), Instant.now()));
      }
    } catch (SQLException e) {
      logger.warn("a freshness probe could not be read", e);
    }
  }

  private synchronized void remember(Duration total) {
    if (totals.size() < REMEMBERED) {
      totals.add(total);
    }
  }

  /** The nearest rank among the times from commit to visible; null before the first. */
  synchronized @Nullable Duration percentile(int percent) {
    if (totals.isEmpty()) {
      return null;
    }
    List<Duration> sorted = totals.stream().sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * percent / 100.0) - 1);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    watch.close();
  }
}
