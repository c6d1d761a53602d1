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

/** Where the driver has opened a connection, whoever asked for it, and not handed it out yet. */
final class ConnectionInstrumentation implements TypeInstrumentation {

  @Override
  public ElementMatcher<TypeDescription> typeMatcher() {
    return named("org.postgresql.Driver");
  }

  @Override
  public void transform(TypeTransformer transformer) {
    transformer.applyAdviceToMethod(
        named("makeConnection")
            .and(takesArguments(String.class, Properties.class))
            .and(returns(Connection.class)),
        OpenedAdvice.class.getName());
  }

  public static final class OpenedAdvice {
    private OpenedAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static @Nullable Connection opened(
        @Advice.Return Connection opened,
        @Advice.Argument(0) String url,
        @Advice.Argument(1) Properties properties)
        throws SQLException {
      return Backends.opened(opened, url, properties);
    }
  }
}
