package dev.spanwise.agent.postgresql;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Where the driver has opened a connection, whoever asked for it, and not handed it out yet: after
 * the driver's own wait for it, {@code loginTimeout}, whose thread goes on alone once it is over.
 */
final class ConnectionInstrumentation implements TypeInstrumentation {

  @Override
  public ElementMatcher<TypeDescription> typeMatcher() {
    return named("org.postgresql.Driver");
  }

  @Override
  public void transform(TypeTransformer transformer) {
    transformer.applyAdviceToMethod(
        named("connect")
            .and(takesArguments(String.class, Properties.class))
            .and(returns(Connection.class)),
        OpenedAdvice.class.getName());
  }

  public static final class OpenedAdvice {
    private OpenedAdvice() {}

    // The driver itself opens the other connection: so what it throws then is not suppressed.
    @Advice.OnMethodExit(
        suppress = Throwable.class,
        inline = false,
        repeatOn = Advice.OnNonDefaultValue.class)
    public static boolean lost(
        @Advice.Return @Nullable Connection opened,
        @Advice.Argument(0) String url,
        @Advice.Argument(1) @Nullable Properties settings)
        throws SQLException {
      return Backends.lost(opened, url, settings);
    }
  }
}
