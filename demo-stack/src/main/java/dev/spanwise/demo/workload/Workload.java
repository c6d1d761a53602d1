package dev.spanwise.demo.workload;

import dev.spanwise.demo.api.Read;
import dev.spanwise.demo.workload.RequestSequence.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a fixed sequence of requests from a few clients, each of which sends its next request when
 * the last has been answered (a closed loop).
 *
 * <p>What is measured is the time from sending a request to having its whole answer, with as many
 * requests under way as there are clients. That is what one of so many users sees. It is not what
 * an open stream of arrivals would see: there, requests queue behind a slow one, and a closed loop
 * leaves that wait out (coordinated omission). So two runs may be compared with each other, and
 * neither says which rate of requests the service can bear.
 */
public final class Workload {
  private static final Logger logger = LoggerFactory.getLogger(Workload.class);
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(1);

  /** More than any service answers while it is warmed up. */
  private static final int WARM_UP_REQUESTS = 200_000;

  private final URI service;
  private final HttpClient client;
  private final WorkloadSettings settings;

  /** Requests of the warm-up and the measured ones, by what became of them. */
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  private Workload(URI service, WorkloadSettings settings) {
    this.service = service;
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    this.settings = settings;
  }

  /**
   * Warms the service up, waits for the last answer, then sends and measures the requests.
   *
   * @param service where the read API listens
   * @param progress told the number of each measured request that was answered, from 1, on the
   *     clients' threads
   * @throws InterruptedException if the thread is interrupted; no request is begun after it
   */
  public static WorkloadResult run(URI service, WorkloadSettings settings, IntConsumer progress)
      throws InterruptedException {
    return new Workload(service, settings).run(progress);
  }

  private record Outcome(Read read, long latencyNanos, boolean answered) {}

  private WorkloadResult run(IntConsumer progress) throws InterruptedException {
    long deadline = System.nanoTime() + settings.timeLimit().toNanos();
    long warm = Math.min(deadline, System.nanoTime() + settings.warmUp().toNanos());
    ExecutorService clients = Executors.newFixedThreadPool(settings.clients());
    try {
      List<Request> others =
          RequestSequence.of(~settings.seed(), settings.accounts(), WARM_UP_REQUESTS);
      sendAll(clients, others, warm, sent -> {});

      List<Request> requests =
          RequestSequence.of(settings.seed(), settings.accounts(), settings.requests());
      long start = System.nanoTime();
      List<Outcome> outcomes = sendAll(clients, requests, deadline, progress);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      failures.forEach((kind, count) -> logger.warn("{} requests {}", count, kind));
      return new WorkloadResult(
          summaries(outcomes), elapsed, outcomes.size() == settings.requests());
    } finally {
      clients.shutdownNow();
    }
  }

  /** Sends the requests until there are no more or it is time, and waits for the answers. */
  private List<Outcome> sendAll(
      ExecutorService clients, List<Request> requests, long until, IntConsumer progress)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    List<Future<List<Outcome>>> running = new ArrayList<>();
    for (int i = 0; i < settings.clients(); i++) {
      running.add(clients.submit(() -> loop(next, requests, until, progress)));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Future<List<Outcome>> future : running) {
      try {
        outcomes.addAll(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client of the workload stopped", e.getCause());
      }
    }
    return outcomes;
  }

  private List<Outcome> loop(
      AtomicInteger next, List<Request> requests, long until, IntConsumer progress)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    int index = next.getAndIncrement();
    while (index < requests.size() && System.nanoTime() - until < 0) {
      outcomes.add(send(requests.get(index)));
      progress.accept(index + 1);
      index = next.getAndIncrement();
    }
    return outcomes;
  }

  private Outcome send(Request request) throws InterruptedException {
    URI uri = service.resolve(request.read().path(request.account()));
    HttpRequest get = HttpRequest.newBuilder(uri).timeout(REQUEST_TIMEOUT).build();
    long start = System.nanoTime();
    boolean answered = false;
    try {
      HttpResponse<byte[]> response = client.send(get, BodyHandlers.ofByteArray());
      answered = response.statusCode() == 200;
      if (!answered) {
        failures.merge("were answered with " + response.statusCode(), 1, Integer::sum);
      }
    } catch (IOException e) {
      failures.merge("were not answered (" + e.getClass().getSimpleName() + ")", 1, Integer::sum);
    }
    return new Outcome(request.read(), System.nanoTime() - start, answered);
  }

  private static Map<Read, LatencySummary> summaries(List<Outcome> outcomes) {
    Map<Read, LatencySummary> summaries = new EnumMap<>(Read.class);
    for (Read read : Read.values()) {
      List<Outcome> of = outcomes.stream().filter(outcome -> outcome.read() == read).toList();
      long[] latencies =
          of.stream().filter(Outcome::answered).mapToLong(Outcome::latencyNanos).toArray();
      summaries.put(read, LatencySummary.of(latencies, of.size() - latencies.length));
    }
    return summaries;
  }
}
