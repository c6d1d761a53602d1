package dev.spanwise.agent;

import dev.spanwise.testing.contract.BackendPidContract;
import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.application.Application;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

@ParameterizedClass
@CsvSource({
  "EMBEDDED,  OLDEST, ",
  "EMBEDDED,  BETWEEN,",
  "EMBEDDED,  NEWEST, ",
  "INSTALLED, NEWEST, ",
  "CONTAINER, NEWEST, ",
  "EMBEDDED,  NEWEST,  postgresql-oldest.jar",
  "EMBEDDED,  OLDEST,  postgresql-between.jar",
})
class AgentBackendPidIT extends BackendPidContract {
  @Parameter(1)
  @SuppressWarnings("NullAway.Init") // injected
  Agent agent;

  @Parameter(2)
  @Nullable String olderDriver;

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return new AgentProcess(agent).olderClient(olderDriver).run(application, settings);
  }
}
