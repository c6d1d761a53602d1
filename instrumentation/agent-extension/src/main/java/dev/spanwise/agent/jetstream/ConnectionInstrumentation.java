package dev.spanwise.agent.jetstream;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import io.nats.client.StreamContext;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Hands out what the library instruments wherever a connection gives access to a stream. The
 * connection itself stays what it is: applications cast it, and get it from listeners too.
 */
final class ConnectionInstrumentation implements TypeInstrumentation {

  @Override
  public ElementMatcher<TypeDescription> typeMatcher() {
    return named("io.nats.client.impl.NatsConnection");
  }

  @Override
  public void transform(TypeTransformer transformer) {
    transformer.applyAdviceToMethod(
        isPublic().and(named("jetStream")), JetStreamAdvice.class.getName());
    // Not the management's own jetStream(): key-value stores cast what it returns.
    transformer.applyAdviceToMethod(
        isPublic().and(named("jetStreamManagement")), ManagementAdvice.class.getName());
    transformer.applyAdviceToMethod(
        isPublic().and(named("getStreamContext")), StreamContextAdvice.class.getName());
    transformer.applyAdviceToMethod(
        isPublic().and(named("getConsumerContext")), ConsumerContextAdvice.class.getName());
  }

  public static final class JetStreamAdvice {
    private JetStreamAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static @Nullable JetStream exit(
        @Advice.This Connection connection, @Advice.Return @Nullable JetStream given) {
      return given == null ? null : JetStreams.instrumented(connection, JetStream.class, given);
    }
  }

  public static final class ManagementAdvice {
    private ManagementAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static @Nullable JetStreamManagement exit(
        @Advice.This Connection connection, @Advice.Return @Nullable JetStreamManagement given) {
      return given == null
          ? null
          : JetStreams.instrumented(connection, JetStreamManagement.class, given);
    }
  }

  public static final class StreamContextAdvice {
    private StreamContextAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static @Nullable StreamContext exit(
        @Advice.This Connection connection, @Advice.Return @Nullable StreamContext given) {
      return given == null ? null : JetStreams.instrumented(connection, StreamContext.class, given);
    }
  }

  public static final class ConsumerContextAdvice {
    private ConsumerContextAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static @Nullable ConsumerContext exit(
        @Advice.This Connection connection, @Advice.Return @Nullable ConsumerContext given) {
      return given == null
          ? null
          : JetStreams.instrumented(connection, ConsumerContext.class, given);
    }
  }
}
