package dev.spanwise.demo.workload;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts orders at a fixed rate, whether or not earlier ones have been answered, until it is closed.
 * The same seed gives the same orders in the same order.
 */
public final class OrderLoad implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int LARGEST_QUANTITY = 100;

  private final URI orders;
  private final Random random;
  private final int accounts;
  private final int instruments;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "order-load");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  private OrderLoad(URI orders, long seed, int accounts, int instruments) {
    this.orders = orders;
    this.random = new Random(seed);
    this.accounts = accounts;
    this.instruments = instruments;
  }

  /**
   * Begins to post.
   *
   * @param orders where the trading writer takes them
   * @param accounts orders are of accounts 1 to this number
   * @param instruments and of instruments 1 to this number
   * @param interval between two orders
   */
  public static OrderLoad start(
      URI orders, long seed, int accounts, int instruments, Duration interval) {
    OrderLoad load = new OrderLoad(orders, seed, accounts, instruments);
    var unused =
        load.timer.scheduleAtFixedRate(load::post, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    return load;
  }

  private void post() {
    String order =
        String.format(
            Locale.ROOT,
            "{\"account\":%d,\"instrument\":%d,\"side\":\"%s\",\"quantity\":%d}",
            1 + random.nextInt(accounts),
            1 + random.nextInt(instruments),
            random.nextInt(3) == 0 ? "sell" : "buy",
            1 + random.nextInt(LARGEST_QUANTITY));
    HttpRequest request =
        HttpRequest.newBuilder(orders)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(order))
            .build();
    CompletableFuture<Void> unused =
        client
            .sendAsync(request, BodyHandlers.discarding())
            .handle(
                (response, error) -> {
                  boolean created = error == null && response.statusCode() == 201;
                  (created ? written : failed).incrementAndGet();
                  return null;
                });
  }

  /** Orders that the writer answered with 201. */
  public long written() {
    return written.get();
  }

  /** Orders that it answered otherwise, or not at all. */
  public long failed() {
    return failed.get();
  }

  /** Posts no more; waits for no answer. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
