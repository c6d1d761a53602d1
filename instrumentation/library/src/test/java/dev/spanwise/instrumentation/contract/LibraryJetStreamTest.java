package dev.spanwise.instrumentation.contract;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.JetStreamContract;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.server.Servers;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Servers.class)
class LibraryJetStreamTest extends JetStreamContract {

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return InProcess.run(application, settings);
  }
}
