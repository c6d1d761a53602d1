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

  private final URI service;
  private final HttpClient client;
  private final WorkloadSettings settings;
  private final List<Request> requests;
  private final IntConsumer progress;

  private Workload(URI service, WorkloadSettings settings, IntConsumer progress) {
    this.service = service;
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    this.settings = settings;
    this.requests = RequestSequence.of(settings);
    this.progress = progress;
  }

  /**
   * Sends the warm-up, waits for its answers, then sends and measures the rest.
   *
   * @param service where the read API listens
   * @param progress told how many requests were answered so far, warm-up and all, on the clients'
   *     threads
   * @throws InterruptedException if the thread is interrupted; no request is begun after it
   */
  public static WorkloadResult run(URI service, WorkloadSettings settings, IntConsumer progress)
      throws InterruptedException {
    return new Workload(service, settings, progress).run();
  }

  /** One request's outcome. */
  private record Outcome(Read read, long latencyNanos, boolean answered) {}

  private WorkloadResult run() throws InterruptedException {
    long deadline = System.nanoTime() + settings.timeLimit().toNanos();
    AtomicInteger next = new AtomicInteger();
    ExecutorService clients = Executors.newFixedThreadPool(settings.clients());
    try {
      send(clients, next, settings.warmUpRequests(), deadline);
      long start = System.nanoTime();
      List<Outcome> outcomes = send(clients, next, requests.size(), deadline);
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      return new WorkloadResult(
          summaries(outcomes), elapsed, outcomes.size() == settings.requests());
    } finally {
      clients.shutdownNow();
    }
  }

  /** Sends the requests from the next one up to {@code end}, and waits for all answers. */
  private List<Outcome> send(ExecutorService clients, AtomicInteger next, int end, long deadline)
      throws InterruptedException {
    List<Future<List<Outcome>>> running = new ArrayList<>();
    for (int i = 0; i < settings.clients(); i++) {
      running.add(clients.submit(() -> loop(next, end, deadline)));
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

  private List<Outcome> loop(AtomicInteger next, int end, long deadline)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    while (System.nanoTime() < deadline) {
      int index = next.getAndUpdate(i -> Math.min(i + 1, end));
      if (index >= end) {
        break;
      }
      outcomes.add(send(requests.get(index)));
      progress.accept(index + 1);
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
        logger.warn("GET {} was answered with {}", uri, response.statusCode());
      }
    } catch (IOException e) {
      logger.warn("GET {} was not answered", uri, e);
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
