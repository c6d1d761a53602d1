package dev.spanwise.agent;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.NamedReadContract;
import dev.spanwise.testing.contract.application.Application;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** By a property, or by a configuration file where there is a file's format. */
@ParameterizedClass
@CsvSource({
  "EMBEDDED,  OLDEST,  /watchlist,",
  "EMBEDDED,  NEWEST,  GET /watch*,",
  "INSTALLED, NEWEST,  /watchlist,",
  "CONTAINER, NEWEST,  /watchlist,",
  "EMBEDDED,  OLDEST,  /watchlist,   1.0-rc.1",
  "EMBEDDED,  BETWEEN, /watchlist,   1.0-rc.2",
  "EMBEDDED,  NEWEST,  /watchlist,   1.0",
})
class AgentNamedReadIT extends NamedReadContract {
  @Parameter(1)
  @SuppressWarnings("NullAway.Init") // injected
  Agent agent;

  @Parameter(2)
  @SuppressWarnings("NullAway.Init") // injected
  String pattern;

  @Parameter(3)
  @Nullable String fileFormat;

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    AgentProcess process =
        fileFormat == null
            ? new AgentProcess(agent).with("otel.spanwise.reads", "watchlist=" + pattern)
            : new ConfigurationFile(fileFormat, pattern).givenTo(agent);
    return process.run(application, settings);
  }
}
