package dev.spanwise.instrumentation.freshness;

import dev.spanwise.instrumentation.telemetry.PeriodicTask;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The README's example. */
final class FreshnessExample {
  private FreshnessExample() {}

  static PeriodicTask write(Telemetry telemetry, Consumer<String> table) {
    // README
    Freshness freshness = Freshness.create(telemetry);
    PeriodicTask beating =
        freshness.beginEvery(Duration.ofSeconds(5), probe -> table.accept(probe.toString()));
    // README
    return beating;
  }

  static void capture(
      Freshness freshness, @Nullable String column, Instant committed, Consumer<String> stream) {
    // README
    Probe probe = Probe.parse(column);
    if (probe != null) {
      Probe captured = freshness.reached(probe.committedAt(committed), Leg.CAPTURE);
      stream.accept(captured.toString());
    }
    // README
  }
}
