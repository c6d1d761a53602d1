package dev.spanwise.instrumentation.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class FreshnessTest {
  private static final String DURATION = "spanwise.freshness.duration";
  private static final String LEG = "spanwise.freshness.leg";
  private static final String AGE = "spanwise.freshness.age";
  private static final Instant COMMITTED = Instant.parse("2026-11-22T10:00:00Z");

  private final RecordedTelemetry recorded = new RecordedTelemetry();

  /** A process whose clock stands so long after the commit. */
  private Freshness process(int seconds) {
    return new Freshness(
        recorded.telemetry(), Clock.fixed(COMMITTED.plusSeconds(seconds), ZoneOffset.UTC));
  }

  private static Probe carried(Probe probe) {
    return Objects.requireNonNull(Probe.parse(probe.toString()));
  }

  @Test
  void everyLegIsRecordedWhereItEndsAndTheWholeAtTheLast() {
    Probe written = process(-1).begin();
    Probe captured = process(1).reached(carried(written).committedAt(COMMITTED), Leg.CAPTURE);
    Probe streamed = process(3).reached(carried(captured), Leg.STREAM);
    Probe projected = process(6).reached(carried(streamed), Leg.PROJECT);
    Probe invalidated = process(10).reached(carried(projected), Leg.INVALIDATE);
    process(15).reached(carried(invalidated), Leg.VISIBLE);

    assertThat(List.of("capture", "stream", "project", "invalidate", "visible", "total"))
        .extracting(leg -> recorded.sum(DURATION, LEG, leg).toSeconds())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 15L);
    assertThat(recorded.count(DURATION)).isEqualTo(6);
  }

  @Test
  void aProbeThatSeveralReadsShowIsVisibleOnce() {
    Freshness process = process(1);
    Probe first = new Probe("a", COMMITTED, COMMITTED);
    Probe second = new Probe("b", COMMITTED, COMMITTED);

    process.reached(first, Leg.VISIBLE);
    process.reached(first, Leg.VISIBLE);
    process.reached(second, Leg.VISIBLE);
    process.reached(first, Leg.VISIBLE);

    assertThat(recorded.count(DURATION, LEG, "visible")).isEqualTo(2);
    assertThat(recorded.count(DURATION, LEG, "total")).isEqualTo(2);
  }

  @Test
  void aClockThatIsBehindCountsAsNothing() {
    process(-5).reached(new Probe("a", COMMITTED, COMMITTED), Leg.CAPTURE);

    assertThat(recorded.count(DURATION, LEG, "capture")).isEqualTo(1);
    assertThat(recorded.sum(DURATION)).isZero();
  }

  @Test
  void probesAreBegunAgainAndAgainEvenIfOneCannotBeWritten() throws Exception {
    List<Probe> written = new CopyOnWriteArrayList<>();
    PeriodicTask beating =
        Freshness.create(recorded.telemetry())
            .beginEvery(
                Duration.ofMillis(10),
                probe -> {
                  written.add(probe);
                  if (written.size() == 1) {
                    throw new java.sql.SQLException("server is gone");
                  }
                });

    RecordedTelemetry.await("three probes", () -> written.size() >= 3);
    beating.close();

    assertThat(written).doesNotHaveDuplicates();
  }

  @Test
  void theAgeGrowsWhileNoProbeArrivesAndFallsWhenOneDoes() throws Exception {
    FreshnessWatch watch = FreshnessWatch.start(recorded.telemetry(), Duration.ofMillis(20));
    RecordedTelemetry.await("an age from the start on", () -> age() > 0.1);

    watch.seen(new Probe("a", Instant.now().minusSeconds(60), Instant.now()));
    assertThat(age()).isBetween(60.0, 70.0);
    watch.seen(new Probe("b", Instant.now(), Instant.now()));
    assertThat(age()).isLessThan(5);
    watch.seen(new Probe("late", Instant.now().minusSeconds(60), Instant.now()));
    assertThat(age()).isLessThan(5);
    double before = age();
    RecordedTelemetry.await("a greater age", () -> age() > before + 0.1);

    watch.close();
    assertThat(recorded.gauge(AGE)).isNull();
  }

  @Test
  void aProbeFromTheFutureDoesNotKeepTheAgeFromGrowing() throws Exception {
    FreshnessWatch watch = FreshnessWatch.start(recorded.telemetry(), Duration.ofMillis(20));

    watch.seen(new Probe("ahead", Instant.now().plusSeconds(3_600), Instant.now()));

    RecordedTelemetry.await("an age", () -> age() > 0.1);
    assertThat(age()).isLessThan(30);
    watch.close();
  }

  @Test
  void theReadmesExamplePassesProbesOn() throws Exception {
    List<String> table = new CopyOnWriteArrayList<>();
    List<String> stream = new CopyOnWriteArrayList<>();

    PeriodicTask beating = FreshnessExample.write(recorded.telemetry(), table::add);
    RecordedTelemetry.await("a probe", () -> !table.isEmpty());
    beating.close();
    Freshness process = Freshness.create(recorded.telemetry());
    FreshnessExample.capture(process, table.get(0), Instant.now(), stream::add);
    FreshnessExample.capture(process, null, Instant.now(), stream::add);

    assertThat(stream).hasSize(1);
    assertThat(recorded.count(DURATION, LEG, "capture")).isEqualTo(1);
  }

  private double age() {
    Double age = recorded.gauge(AGE);
    return age == null ? -1 : age;
  }
}
