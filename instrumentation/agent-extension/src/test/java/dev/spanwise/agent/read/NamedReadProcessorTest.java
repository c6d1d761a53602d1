package dev.spanwise.agent.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamedReadProcessorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final SdkTracerProvider provider =
      SdkTracerProvider.builder()
          .addSpanProcessor(
              new NamedReadProcessor(NamedReads.parse("watchlist=GET /watchlist", entry -> {})))
          .build();
  private final Tracer jdbc = provider.get("io.opentelemetry.jdbc");

  @AfterEach
  void close() {
    provider.close();
  }

  private Span within(Span parent, String name, SpanKind kind) {
    return jdbc.spanBuilder(name)
        .setSpanKind(kind)
        .setParent(Context.root().with(parent))
        .startSpan();
  }

  @Test
  void aStatementIsNamedAfterAReadThatIsFarOut() {
    Span span = within(Span.getInvalid(), "GET /watchlist", SpanKind.SERVER);
    for (int depth = 1; depth < 32; depth++) {
      span = within(span, "step", SpanKind.INTERNAL);
    }

    ReadableSpan statement = (ReadableSpan) within(span, "SELECT", SpanKind.CLIENT);
    assertThat(statement.getName()).isEqualTo("watchlist");
    assertThat(statement.getAttribute(AttributeKey.stringKey("db.query.summary")))
        .isEqualTo("watchlist");
  }

  @Test
  void aTaskThatStartsTheNextBeforeItsOwnEndKeepsNothingOfTheFirst() throws Exception {
    Span task = within(Span.getInvalid(), "task", SpanKind.INTERNAL);
    WeakReference<Span> first = new WeakReference<>(task);
    for (int i = 0; i < 100; i++) {
      Span next = within(task, "task", SpanKind.INTERNAL);
      task.end();
      task = next;
    }

    assertForgotten(first);
    assertThat(task.isRecording()).isTrue();
  }

  private static void assertForgotten(WeakReference<Span> span) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (span.get() != null && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(span.get()).isNull();
  }
}
