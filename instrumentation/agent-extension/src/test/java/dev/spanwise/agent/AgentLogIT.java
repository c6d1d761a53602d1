package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.application.QueryApplication;
import dev.spanwise.testing.contract.application.ReadApplication;
import dev.spanwise.testing.server.PgBouncer;
import dev.spanwise.testing.server.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out is said once, and costs nothing else. */
class AgentLogIT {

  @Test
  void thatThereIsAPooler() throws Exception {
    try (PostgresServer server = PostgresServer.embedded();
        PgBouncer pooler = PgBouncer.inFrontOf(server, 2)) {
      Exported exported =
          new AgentProcess(Agent.NEWEST)
              .run(QueryApplication.class, Map.of("jdbc.url", pooler.jdbcUrl()));

      assertThat(exported.log()).filteredOn(line -> line.contains("pooler")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"' '", "42", "[/watchlist]"})
  void thatAPatternIsNone(String pattern) throws Exception {
    AgentProcess process = new ConfigurationFile("1.0", pattern).givenTo(Agent.NEWEST);
    try (PostgresServer server = PostgresServer.embedded()) {
      Exported exported = process.run(ReadApplication.class, Map.of("jdbc.url", server.jdbcUrl()));

      assertThat(exported.statements("watchlist")).hasSize(1);
      assertThat(exported.log())
          .filteredOn(line -> line.contains("span processor spanwise"))
          .hasSize(1);
    }
  }
}
