package dev.spanwise.agent;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.JetStreamContract;
import dev.spanwise.testing.contract.application.Application;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** The oldest agent has no instrumentation of NATS itself. */
@ParameterizedClass
@CsvSource({
  "LOCAL,     OLDEST, ",
  "LOCAL,     BETWEEN,",
  "LOCAL,     NEWEST, ",
  "CONTAINER, NEWEST, ",
  "LOCAL,     NEWEST,  jnats-oldest.jar",
})
class AgentJetStreamIT extends JetStreamContract {
  @Parameter(1)
  @SuppressWarnings("NullAway.Init") // injected
  Agent agent;

  @Parameter(2)
  @Nullable String olderClient;

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return new AgentProcess(agent).olderClient(olderClient).run(application, settings);
  }
}
