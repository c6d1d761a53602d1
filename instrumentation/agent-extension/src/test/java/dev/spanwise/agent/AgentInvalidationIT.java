package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.InvalidationContract;
import dev.spanwise.testing.contract.application.Application;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@ParameterizedClass
@CsvSource({
  "LOCAL,     OLDEST, ",
  "LOCAL,     BETWEEN,",
  "LOCAL,     NEWEST, ",
  "CONTAINER, NEWEST, ",
  "LOCAL,     NEWEST,  lettuce-oldest.jar",
})
class AgentInvalidationIT extends InvalidationContract {
  private static final AttributeKey<String> RESULT =
      AttributeKey.stringKey("spanwise.invalidation.result");

  @Parameter(1)
  @SuppressWarnings("NullAway.Init") // injected
  Agent agent;

  @Parameter(2)
  @Nullable String olderClient;

  /** Every channel of the application passes, most of them with other than invalidations. */
  @Test
  void theMessagesOfOthersHaveNoSpans() {
    assertThat(exported().spans())
        .filteredOn(span -> span.kind() == SpanKind.CONSUMER)
        .hasSize(10)
        .allMatch(span -> !"plain".equals(span.attributes().get(RESULT)));
  }

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return new AgentProcess(agent).olderClient(olderClient).run(application, settings);
  }
}
