package dev.spanwise.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.spanwise.demo.api.Read;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  private static final WorkloadSettings SETTINGS =
      new WorkloadSettings(1, 50, 1, Duration.ZERO, 100, Duration.ofSeconds(30));

  @Test
  void sendsTheSameRequestsEachTime() throws Exception {
    ConcurrentLinkedQueue<String> paths = new ConcurrentLinkedQueue<>();
    try (Server server = start(paths)) {
      Workload.run(uri(server), SETTINGS, sent -> {});
      List<String> first = List.copyOf(paths);
      paths.clear();
      Workload.run(uri(server), SETTINGS, sent -> {});

      assertThat(first).hasSize(100);
      assertThat(paths).containsExactlyElementsOf(first);
    }
  }

  @Test
  void countsFailuresApartFromLatencies() throws Exception {
    AtomicInteger answered = new AtomicInteger();
    try (Server server = start(new ConcurrentLinkedQueue<>())) {
      WorkloadResult result =
          Workload.run(uri(server), SETTINGS, sent -> answered.incrementAndGet());

      assertThat(answered).hasValue(100);
      assertThat(result.complete()).isTrue();
      LatencySummary feed = result.of(Read.FEED);
      assertThat(feed.count()).isZero();
      assertThat(feed.errors()).isEqualTo(20);
      LatencySummary trades = result.of(Read.TRADE_HISTORY);
      assertThat(trades.count()).isEqualTo(20);
      assertThat(trades.errors()).isZero();
      assertThat(trades.p50()).isPositive().isLessThanOrEqualTo(trades.max());
    }
  }

  @Test
  void stopsAtTheTimeLimitAndSaysSo() throws Exception {
    WorkloadSettings soon =
        new WorkloadSettings(1, 50, 2, Duration.ofMillis(50), 1_000_000, Duration.ofMillis(200));
    try (Server server = start(new ConcurrentLinkedQueue<>())) {
      WorkloadResult result = Workload.run(uri(server), soon, sent -> {});

      assertThat(result.complete()).isFalse();
      assertThat(result.elapsed()).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void percentilesAreOfTheNearestRank() {
    long[] nanos = LongStream.rangeClosed(1, 200).map(n -> 201 - n).toArray();

    assertThat(LatencySummary.of(nanos, 3))
        .isEqualTo(
            new LatencySummary(
                200,
                3,
                Duration.ofNanos(100),
                Duration.ofNanos(190),
                Duration.ofNanos(198),
                Duration.ofNanos(200)));
  }

  /** A service that fails the feed. */
  private static Server start(ConcurrentLinkedQueue<String> paths) {
    Server server =
        Server.builder()
            .localPort(0, SessionProtocol.HTTP)
            .serviceUnder(
                "/",
                (ctx, request) -> {
                  paths.add(ctx.path());
                  return HttpResponse.of(status(ctx));
                })
            .build();
    server.start().join();
    return server;
  }

  private static HttpStatus status(ServiceRequestContext ctx) {
    return ctx.path().endsWith("/feed") ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK;
  }

  private static URI uri(Server server) {
    return URI.create("http://127.0.0.1:" + server.activeLocalPort());
  }
}
