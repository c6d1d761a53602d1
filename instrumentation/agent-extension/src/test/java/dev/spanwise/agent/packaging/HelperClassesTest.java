package dev.spanwise.agent.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HelperClassesTest {

  @Test
  void whatAClassRefersToIsFoundAtAnyDistance() {
    List<String> names = HelperClasses.reachableFrom("dev.spanwise.agent.invalidation.Delivery");

    assertThat(names)
        .doesNotHaveDuplicates()
        .startsWith("dev.spanwise.agent.invalidation.Delivery")
        .contains(
            "dev.spanwise.instrumentation.invalidation.InvalidationReceiver",
            "dev.spanwise.instrumentation.invalidation.InvalidationReceiver$Builder",
            "dev.spanwise.instrumentation.telemetry.OpenTelemetryMeters");
  }

  @Test
  void whatItDoesNotReferToStaysOut() {
    assertThat(HelperClasses.reachableFrom("dev.spanwise.agent.postgresql.Backends"))
        .containsExactlyInAnyOrder(
            "dev.spanwise.agent.postgresql.Backends",
            "dev.spanwise.instrumentation.jdbc.Backend",
            "dev.spanwise.instrumentation.jdbc.BackendQuery",
            "dev.spanwise.instrumentation.jdbc.Omissions",
            "dev.spanwise.instrumentation.jdbc.Omissions$Reason",
            "dev.spanwise.instrumentation.telemetry.DatabaseSpan",
            "dev.spanwise.instrumentation.telemetry.SpanwiseAttributes");
  }

  @Test
  void aRootThatIsNotThereIsRefusedByName() {
    assertThatThrownBy(() -> HelperClasses.reachableFrom("dev.spanwise.agent.Missing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dev/spanwise/agent/Missing");
  }
}
