package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.InvalidationContract;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.InvalidationApplication;
import dev.spanwise.testing.otlp.MetricPoint;
import dev.spanwise.testing.server.RedisServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgentInvalidationIT {
  private static final AttributeKey<String> RESULT =
      AttributeKey.stringKey("spanwise.invalidation.result");

  @Test
  void theMessagesOfOthersAreCountedWithoutSpans() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      Exported exported =
          new AgentProcess(Agent.NEWEST)
              .run(
                  InvalidationApplication.class,
                  Map.of(
                      "redis.url", "redis://127.0.0.1:" + server.port(),
                      "message.0", "orders:7",
                      "message.1", "fail"));

      assertThat(exported.spans()).noneMatch(span -> span.kind() == SpanKind.CONSUMER);
      assertThat(exported.points("spanwise.invalidation.messages"))
          .extracting(
              point ->
                  point.attributes().get(RESULT) + "=" + (int) ((MetricPoint.Value) point).value())
          .containsExactlyInAnyOrder("plain=1", "failed=1");
    }
  }

  @Nested
  class OldestAgent extends Contract {
    OldestAgent() {
      super(Agent.OLDEST);
    }
  }

  @Nested
  class NewestAgent extends Contract {
    NewestAgent() {
      super(Agent.NEWEST);
    }
  }

  abstract static class Contract extends InvalidationContract {
    private final Agent agent;

    Contract(Agent agent) {
      this.agent = agent;
    }

    @Override
    protected Exported run(Class<? extends Application> application, Map<String, String> settings)
        throws Exception {
      return new AgentProcess(agent).run(application, settings);
    }
  }
}
