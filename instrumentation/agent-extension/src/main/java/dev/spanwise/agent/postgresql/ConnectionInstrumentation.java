package dev.spanwise.agent.postgresql;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.postgresql.jdbc.PgConnection;

final class ConnectionInstrumentation implements TypeInstrumentation {

  @Override
  public ElementMatcher<TypeDescription> typeMatcher() {
    return named("org.postgresql.jdbc.PgConnection");
  }

  @Override
  public void transform(TypeTransformer transformer) {
    transformer.applyAdviceToMethod(isConstructor(), OpenedAdvice.class.getName());
  }

  public static final class OpenedAdvice {
    private OpenedAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void opened(
        @Advice.This PgConnection connection,
        @Advice.FieldValue("replicationConnection") boolean replication) {
      Backends.opened(connection, replication);
    }
  }
}
