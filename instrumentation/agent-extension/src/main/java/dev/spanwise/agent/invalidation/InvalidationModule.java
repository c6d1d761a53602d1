package dev.spanwise.agent.invalidation;

import dev.spanwise.agent.packaging.HelperClasses;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import java.util.List;

/** Watches what a Lettuce connection hands to its listeners: Lettuce 6.1 and newer. */
public final class InvalidationModule extends InstrumentationModule {

  public InvalidationModule() {
    super("spanwise-invalidation");
  }

  // Agents before 2.3x ask; later ones see it from the advice. No @Override: later ones have none.
  public boolean isIndyModule() {
    return true;
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return List.of(new PubSubEndpointInstrumentation());
  }

  @Override
  public List<String> getAdditionalHelperClassNames() {
    return HelperClasses.reachableFrom("dev.spanwise.agent.invalidation.Delivery");
  }
}
