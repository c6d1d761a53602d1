package dev.spanwise.instrumentation.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.spanwise.instrumentation.telemetry.MetricFamily;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import org.junit.jupiter.api.Test;

class NamedReadsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final NamedReads reads = NamedReads.create(Telemetry.of(OpenTelemetry.noop(), registry));

  @Test
  void aNameGivesTheSameReadEachTime() {
    assertThat(reads.named("feed")).isSameAs(reads.named("feed"));
  }

  @Test
  void namesPastTheBoundShareOne() {
    for (int i = 0; i < NamedReads.MAX_NAMES; i++) {
      assertThat(reads.named("read-" + i).name()).isEqualTo("read-" + i);
    }

    NamedRead other = reads.named("one-more");
    assertThat(other.name()).isEqualTo(MetricFamily.OTHER);
    assertThat(reads.named("and-another")).isSameAs(other);
    assertThat(reads.named("read-7").name()).isEqualTo("read-7");
  }

  @Test
  void everyNameWithinTheBoundKeepsItsOwnSeries() {
    for (int i = 0; i < NamedReads.MAX_NAMES; i++) {
      reads.named("read-" + i).call(read -> 0);
      reads
          .named("read-" + i)
          .call(
              read -> {
                read.cacheHit();
                return 0;
              });
    }

    assertThat(registry.find(SpanwiseMetrics.SPANWISE_READ_DURATION.name()).timers())
        .hasSize(2 * NamedReads.MAX_NAMES)
        .noneMatch(
            timer ->
                MetricFamily.OTHER.equals(
                    timer.getId().getTag(SpanwiseAttributes.SPANWISE_READ_NAME.getKey())));
  }

  @Test
  void aBlankNameIsRefusedWhenTheReadIsMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reads.named(" "))
        .withMessage("the name of a read is blank");
  }

  @Test
  void aNameThatIsTooLongIsRefusedWhenTheReadIsMade() {
    assertThat(reads.named("x".repeat(255)).name()).hasSize(255);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reads.named("x".repeat(256)))
        .withMessageContaining("256 characters, more than 255");
  }
}
