package dev.spanwise.agent.postgresql;

import dev.spanwise.agent.packaging.HelperClasses;
import io.opentelemetry.javaagent.extension.instrumentation.InstrumentationModule;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import java.util.List;

/** Puts the server process on the JDBC spans of PostgreSQL's driver, 42.2 and newer. */
public final class PostgresqlModule extends InstrumentationModule {

  public PostgresqlModule() {
    super("spanwise-postgresql");
  }

  // Agents before 2.3x ask; later ones see it from the advice. No @Override: later ones have none.
  public boolean isIndyModule() {
    return true;
  }

  @Override
  public List<TypeInstrumentation> typeInstrumentations() {
    return List.of(new ConnectionInstrumentation(), new QueryExecutorInstrumentation());
  }

  @Override
  public List<String> getAdditionalHelperClassNames() {
    return HelperClasses.reachableFrom("dev.spanwise.agent.postgresql.Backends");
  }
}
