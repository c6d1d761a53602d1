package dev.spanwise.agent;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.JetStreamContract;
import dev.spanwise.testing.contract.application.Application;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class AgentJetStreamIT {

  /** It has no instrumentation of NATS itself. */
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
  class OldestClient extends Contract {
    OldestClient() {
      super(Agent.NEWEST, "jnats-oldest.jar");
    }
  }

  abstract static class Contract extends JetStreamContract {
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
