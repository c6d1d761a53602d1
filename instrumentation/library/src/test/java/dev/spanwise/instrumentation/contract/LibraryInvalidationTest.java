package dev.spanwise.instrumentation.contract;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.InvalidationContract;
import dev.spanwise.testing.contract.application.Application;
import java.util.Map;

class LibraryInvalidationTest extends InvalidationContract {

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return InProcess.run(application, settings);
  }
}
