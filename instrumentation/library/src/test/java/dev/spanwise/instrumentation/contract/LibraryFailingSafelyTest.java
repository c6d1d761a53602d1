package dev.spanwise.instrumentation.contract;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.FailingSafelyContract;
import dev.spanwise.testing.contract.application.Application;
import java.util.Map;

class LibraryFailingSafelyTest extends FailingSafelyContract {

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return InProcess.run(application, settings);
  }
}
