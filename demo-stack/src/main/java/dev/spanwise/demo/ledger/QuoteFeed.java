package dev.spanwise.demo.ledger;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.semconv.ErrorAttributes;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a few prices, twice a second: a market in small. */
final class QuoteFeed implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(QuoteFeed.class);
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final int QUOTES_AT_ONCE = 10;

  private static final String MOVE =
      """
      update quotes
      set price = greatest(0.01, price * (0.999 + random() * 0.002)::numeric),
          quoted_at = clock_timestamp(),
          traceparent = ?
      where instrument_id = any(?)
      """;

  private final DataSource ledger;
  private final Tracer tracer;
  private final int instruments;
  private final Random random = new Random(20_261_122);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "quote-feed");
            thread.setDaemon(true);
            return thread;
          });

  private QuoteFeed(DataSource ledger, Tracer tracer, int instruments) {
    this.ledger = ledger;
    this.tracer = tracer;
    this.instruments = instruments;
  }

  static QuoteFeed start(DataSource ledger, Tracer tracer, int instruments) {
    QuoteFeed feed = new QuoteFeed(ledger, tracer, instruments);
    var unused =
        feed.timer.scheduleAtFixedRate(feed::tick, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    return feed;
  }

  @SuppressWarnings("try") // a scope is there to be closed, not to be read
  private void tick() {
    Span span = tracer.spanBuilder("move quotes").startSpan();
    try (Scope scope = span.makeCurrent();
        Connection connection = ledger.getConnection();
        PreparedStatement move = connection.prepareStatement(MOVE)) {
      Object[] moved = random.longs(QUOTES_AT_ONCE, 1, instruments + 1L).boxed().toArray();
      Array ids = connection.createArrayOf("bigint", moved);
      move.setString(1, TraceParent.current());
      move.setArray(2, ids);
      move.executeUpdate();
    } catch (SQLException | RuntimeException e) {
      // The class alone: a message may quote a row.
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(ErrorAttributes.ERROR_TYPE, e.getClass().getName());
      logger.warn("quotes could not be moved", e);
    } finally {
      span.end();
    }
  }

  /** Moves no more quotes, and waits for those that are being moved. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
