package dev.spanwise.agent.invalidation;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;

import io.lettuce.core.pubsub.PubSubMessage;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/** Where Lettuce goes through the listeners of a connection, and notices what they throw. */
final class PubSubEndpointInstrumentation implements TypeInstrumentation {

  @Override
  public ElementMatcher<TypeDescription> typeMatcher() {
    return namedOneOf(
        "io.lettuce.core.pubsub.PubSubEndpoint", "io.lettuce.core.cluster.PubSubClusterEndpoint");
  }

  @Override
  public void transform(TypeTransformer transformer) {
    transformer.applyAdviceToMethod(
        named("notifyListeners")
            .and(takesArgument(0, named("io.lettuce.core.pubsub.PubSubMessage"))),
        NotifyAdvice.class.getName());
  }

  public static final class NotifyAdvice {
    private NotifyAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Delivery enter(
        @Advice.This Object connection, @Advice.Argument(0) PubSubMessage<?, ?> message) {
      return Delivery.start(connection, message);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(
        @Advice.Enter @Nullable Delivery delivery, @Advice.Thrown @Nullable Throwable failure) {
      if (delivery != null) {
        delivery.end(failure);
      }
    }
  }
}
