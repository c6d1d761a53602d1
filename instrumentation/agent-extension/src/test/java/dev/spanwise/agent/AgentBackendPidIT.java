package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.BackendPidContract;
import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.QueryApplication;
import dev.spanwise.testing.server.PgBouncer;
import dev.spanwise.testing.server.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AgentBackendPidIT {

  @Test
  void theLogSaysOnceThatThereIsAPooler() throws Exception {
    try (PostgresServer server = PostgresServer.embedded();
        PgBouncer pooler = PgBouncer.inFrontOf(server, 2)) {
      Exported exported =
          new AgentProcess(Agent.NEWEST)
              .run(QueryApplication.class, Map.of("jdbc.url", pooler.jdbcUrl()));

      assertThat(exported.log()).filteredOn(line -> line.contains("pooler")).hasSize(1);
    }
  }

  @Nested
  class OldestAgent extends Contract {
    OldestAgent() {
      super(Agent.OLDEST);
    }
  }

  @Nested
  class AgentBetween extends Contract {
    AgentBetween() {
      super(Agent.BETWEEN);
    }
  }

  @Nested
  class NewestAgent extends Contract {
    NewestAgent() {
      super(Agent.NEWEST);
    }
  }

  @Nested
  class OldestDriver extends Contract {
    OldestDriver() {
      super(Agent.NEWEST, "postgresql-oldest.jar");
    }
  }

  @Nested
  class DriverBetween extends Contract {
    DriverBetween() {
      super(Agent.OLDEST, "postgresql-between.jar");
    }
  }

  abstract static class Contract extends BackendPidContract {
    private final Agent agent;
    private final String[] olderClients;

    Contract(Agent agent, String... olderClients) {
      this.agent = agent;
      this.olderClients = olderClients;
    }

    @Override
    protected Exported run(Class<? extends Application> application, Map<String, String> settings)
        throws Exception {
      return new AgentProcess(agent).olderClients(olderClients).run(application, settings);
    }
  }
}
