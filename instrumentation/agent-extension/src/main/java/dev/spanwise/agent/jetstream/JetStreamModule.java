package dev.spanwise.agent.jetstream;

import dev.spanwise.agent.packaging.HelperClasses;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import java.util.List;

/** Follows messages through JetStream: jnats 2.17.2 and newer. */
public final class JetStreamModule extends InstrumentationModule {

  public JetStreamModule() {
    super("spanwise-jetstream");
  }

  // Agents before 2.3x ask; later ones see it from the advice. No @Override: later ones have none.
  public boolean isIndyModule() {
    return true;
  }

  /** Before the agent's own NATS instrumentation, so that its advice runs inside this one's. */
  @Override
  public int order() {
    return -1;
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return List.of(
        new ConnectionInstrumentation(),
        new MessageHandlerInstrumentation(),
        new SettlementInstrumentation());
  }

  @Override
  public List<String> getAdditionalHelperClassNames() {
    return HelperClasses.reachableFrom(
        "dev.spanwise.agent.jetstream.AgentSpans", "dev.spanwise.agent.jetstream.JetStreams");
  }
}
