package dev.spanwise.agent;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.InvalidationContract;
import dev.spanwise.testing.contract.application.Application;
import java.util.Map;
import org.junit.jupiter.api.Nested;

class AgentInvalidationIT {

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
