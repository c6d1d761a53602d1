package dev.spanwise.instrumentation.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.EachMeterFault;
import dev.spanwise.instrumentation.telemetry.FaultyTelemetry;
import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.instrumentation.telemetry.TelemetryFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever fails within meters, probes are written and passed on; there are no spans. */
class FailingSafelyTest {
  @ParameterizedTest
  @EachMeterFault
  void probesAreWrittenAndPassedOn(TelemetryFault fault) throws Exception {
    List<Probe> written = new CopyOnWriteArrayList<>();
    try (FaultyTelemetry faulty = FaultyTelemetry.start(fault);
        FreshnessWatch watch = FreshnessWatch.start(faulty.telemetry(), Duration.ofMillis(10))) {
      Freshness freshness = Freshness.create(faulty.telemetry());
      PeriodicTask beating = freshness.beginEvery(Duration.ofMillis(10), written::add);
      RecordedTelemetry.await("three probes", () -> written.size() >= 3);
      beating.close();

      for (Probe probe : written) {
        for (Leg leg : Leg.values()) {
          Probe passedOn = freshness.reached(probe, leg);
          assertThat(passedOn.id()).isEqualTo(probe.id());
          assertThat(passedOn.committed()).isEqualTo(probe.committed());
        }
        watch.seen(probe);
      }
      faulty.assertMet();
    }
  }
}
