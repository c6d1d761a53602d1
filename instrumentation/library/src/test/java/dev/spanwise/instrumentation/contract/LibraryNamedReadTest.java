package dev.spanwise.instrumentation.contract;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.NamedReadContract;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.server.PostgresServers;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(PostgresServers.class)
class LibraryNamedReadTest extends NamedReadContract {

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return InProcess.run(application, settings);
  }
}
