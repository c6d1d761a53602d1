package dev.spanwise.instrumentation.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class TraceparentTest {
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void isTheCurrentSpansAndNullOutsideOfAny() throws Exception {
    Context traced = Traceparent.extract(Context.root(), TRACEPARENT);

    assertThat(traced.wrap(Traceparent::current).call()).isEqualTo(TRACEPARENT);
    assertThat(Context.root().wrap(Traceparent::current).call()).isNull();
  }

  @Test
  void aSpanThatFailsCostsTheTraceAndNotTheWrite() throws Exception {
    Span failing =
        (Span)
            Proxy.newProxyInstance(
                Span.class.getClassLoader(),
                new Class<?>[] {Span.class},
                (proxy, method, arguments) -> {
                  if (method.getReturnType() == SpanContext.class) {
                    throw new IllegalStateException("closed tracer");
                  }
                  return InvocationHandler.invokeDefault(proxy, method, arguments);
                });
    Context broken = failing.storeInContext(Context.root());

    assertThat(broken.wrap(Traceparent::current).call()).isNull();
  }
}
