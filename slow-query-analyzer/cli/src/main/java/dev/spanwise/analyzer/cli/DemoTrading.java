package dev.spanwise.analyzer.cli;

import dev.spanwise.demo.database.ReadModelSize;
import dev.spanwise.demo.stack.TradingStack;
import dev.spanwise.demo.stack.TradingStackSettings;
import dev.spanwise.demo.telemetry.SpanCounts;
import dev.spanwise.demo.workload.OrderLoad;
import dev.spanwise.demo.workload.QuoteListener;
import dev.spanwise.demo.workload.WorkloadSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The writing side of the demo, and the load on it. */
final class DemoTrading implements AutoCloseable {

  /** Few beside the reads: what is measured is theirs. */
  private static final Duration BETWEEN_ORDERS = Duration.ofMillis(200);

  private final TradingStack stack;
  private long written;
  private long failed;
  private long frames;

  private DemoTrading(TradingStack stack) {
    this.stack = stack;
  }

  static DemoTrading start(TradingStackSettings settings) throws IOException {
    return new DemoTrading(TradingStack.start(settings));
  }

  @Nullable String redisUrl() {
    return stack.redisUrl();
  }

  /** What is to be done under load. */
  interface Task<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Posts orders and listens to quotes while the task runs. */
  <T> T underLoad(Task<T> task) throws IOException, InterruptedException {
    OrderLoad orders =
        OrderLoad.start(
            stack.orders(),
            WorkloadSettings.DEMO.seed(),
            ReadModelSize.DEMO.accounts(),
            ReadModelSize.DEMO.instruments(),
            BETWEEN_ORDERS);
    QuoteListener quotes = null;
    try {
      if (stack.quotes() != null) {
        quotes = QuoteListener.connect(stack.quotes());
      }
      return task.run();
    } finally {
      orders.close();
      if (quotes != null) {
        quotes.close();
        frames += quotes.frames();
      }
      written += orders.written();
      failed += orders.failed();
    }
  }

  SpanCounts flush() {
    return stack.flush();
  }

  /**
   * Says what was written, and how soon it was seen.
   *
   * @param freshness 95 of 100 probes were read no later than this after their commit
   */
  void summarize(PrintWriter out, @Nullable Duration freshness) {
    out.println();
    out.printf(Locale.ROOT, "%-34s %,d written, %,d failed%n", "orders", written, failed);
    if (stack.quotes() != null) {
      out.printf(
          Locale.ROOT,
          "%-34s %,d captured, %,d projected; %,d frames of quotes sent%n",
          "changes of the ledger",
          stack.captured(),
          stack.projected(),
          frames);
    }
    if (freshness != null) {
      out.printf(
          Locale.ROOT,
          "%-34s p95 %,d ms%n",
          "commit to visible",
          Math.max(1, freshness.toMillis()));
    }
    Duration replica = stack.replicaAge();
    if (replica != null) {
      out.printf(
          Locale.ROOT, "%-34s heartbeat %,d ms old%n", "the ledger's replica", replica.toMillis());
    }
    out.flush();
  }

  @Override
  public void close() {
    stack.close();
  }
}
