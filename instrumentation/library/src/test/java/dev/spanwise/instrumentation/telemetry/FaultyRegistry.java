package dev.spanwise.instrumentation.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A registry that throws at a meter's making, or at each value and at a meter's end. */
final class FaultyRegistry extends SimpleMeterRegistry {
  private final boolean refusesValues;
  private final Failing failing;

  FaultyRegistry(TelemetryFault fault, Failing failing) {
    this.refusesValues = fault == TelemetryFault.REGISTRY_REFUSES_VALUES;
    this.failing = failing;
    if (fault == TelemetryFault.REGISTRY_REFUSES_METERS) {
      config()
          .meterFilter(
              new MeterFilter() {
                @Override
                public Meter.Id map(Meter.Id id) {
                  throw failing.now();
                }
              });
    }
  }

  private void refuse() {
    if (refusesValues) {
      throw failing.now();
    }
  }

  @Override
  protected Counter newCounter(Meter.Id id) {
    return new CumulativeCounter(id) {
      @Override
      public void increment(double amount) {
        refuse();
        super.increment(amount);
      }
    };
  }

  @Override
  protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
    return new CumulativeTimer(id, clock, config, pauses, getBaseTimeUnit(), false) {
      @Override
      protected void recordNonNegative(long amount, TimeUnit unit) {
        refuse();
        super.recordNonNegative(amount, unit);
      }
    };
  }

  @Override
  protected DistributionSummary newDistributionSummary(
      Meter.Id id, DistributionStatisticConfig config, double scale) {
    return new CumulativeDistributionSummary(id, clock, config, scale, false) {
      @Override
      protected void recordNonNegative(double amount) {
        refuse();
        super.recordNonNegative(amount);
      }
    };
  }

  @Override
  public @Nullable Meter remove(Meter meter) {
    refuse();
    return super.remove(meter);
  }
}
