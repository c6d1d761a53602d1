package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.NamedReadContract;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.ReadApplication;
import dev.spanwise.testing.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentNamedReadIT {

  @Nested
  class OldestAgent extends Contract {
    OldestAgent() {
      super(new AgentProcess(Agent.OLDEST).with("otel.spanwise.reads", "watchlist=/watchlist"));
    }
  }

  @Nested
  class NewestAgent extends Contract {
    NewestAgent() {
      super(new AgentProcess(Agent.NEWEST).with("otel.spanwise.reads", "watchlist=GET /watch*"));
    }
  }

  @Nested
  class OldestAgentWithFile extends Contract {
    OldestAgentWithFile(@TempDir Path directory) throws Exception {
      super(
          new AgentProcess(Agent.OLDEST)
              .with("otel.experimental.config.file", file(directory, "1.0-rc.1")));
    }
  }

  @Nested
  class NewestAgentWithFile extends Contract {
    NewestAgentWithFile(@TempDir Path directory) throws Exception {
      super(new AgentProcess(Agent.NEWEST).with("otel.config.file", file(directory, "1.0")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"' '", "42", "[/watchlist]"})
  void aPatternThatIsNoneCostsTheNamesAndNothingElse(String pattern, @TempDir Path directory)
      throws Exception {
    AgentProcess process =
        new AgentProcess(Agent.NEWEST).with("otel.config.file", file(directory, "1.0", pattern));
    try (PostgresServer server = PostgresServer.embedded()) {
      Exported exported = process.run(ReadApplication.class, Map.of("jdbc.url", server.jdbcUrl()));

      assertThat(exported.statements("watchlist")).hasSize(1);
      assertThat(exported.log())
          .filteredOn(line -> line.contains("span processor spanwise"))
          .hasSize(1);
    }
  }

  private static String file(Path directory, String format) throws Exception {
    return file(directory, format, "/watchlist");
  }

  private static String file(Path directory, String format, String pattern) throws Exception {
    return Files.writeString(
            directory.resolve("otel.yaml"),
            """
            file_format: "%s"
            propagator:
              composite:
                - tracecontext:
            tracer_provider:
              processors:
                - spanwise:
                    reads:
                      watchlist: %s
                - batch:
                    exporter:
                      otlp_http:
                        endpoint: ${OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces
            """
                .formatted(format, pattern))
        .toString();
  }

  abstract static class Contract extends NamedReadContract {
    private final AgentProcess process;

    Contract(AgentProcess process) {
      this.process = process;
    }

    @Override
    protected Exported run(Class<? extends Application> application, Map<String, String> settings)
        throws Exception {
      return process.run(application, settings);
    }
  }
}
