package dev.spanwise.agent.jetstream;

import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;

import io.opentelemetry.context.Scope;
import io.opentelemetry.javaagent.extension.instrumentation.TypeInstrumentation;
import io.opentelemetry.javaagent.extension.instrumentation.TypeTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;

final class SettlementInstrumentation implements TypeInstrumentation {

  @Override
  public ElementMatcher<TypeDescription> typeMatcher() {
    return named("io.nats.client.impl.NatsJetStreamMessage");
  }

  @Override
  public void transform(TypeTransformer transformer) {
    transformer.applyAdviceToMethod(
        isPublic().and(namedOneOf("ack", "ackSync", "nak", "nakWithDelay", "term", "inProgress")),
        SettleAdvice.class.getName());
  }

  public static final class SettleAdvice {
    private SettleAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Scope enter() {
      return AgentSpans.withoutSettlement();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter Scope scope) {
      scope.close();
    }
  }
}
