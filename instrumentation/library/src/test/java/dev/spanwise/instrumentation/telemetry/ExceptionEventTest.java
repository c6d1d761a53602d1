package dev.spanwise.instrumentation.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ExceptionEventTest {
  private static final String SECRET = "Key (email)=(a@b.c)\n\tat a@b.c already exists";

  private final RecordedTelemetry recorded = new RecordedTelemetry();

  @Test
  void hasTypeAndStackTraceButNoMessageOfTheExceptionOfItsCauseOrOfASuppressedOne() {
    SQLException error = new SQLException(SECRET, new IllegalArgumentException(SECRET));
    error.addSuppressed(new IllegalStateException(SECRET));

    SpanData span = record(error);

    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.toString()).doesNotContain("a@b.c");
    EventData event = span.getEvents().get(0);
    assertThat(event.getName()).isEqualTo("exception");
    assertThat(event.getAttributes().asMap())
        .containsOnlyKeys(
            AttributeKey.stringKey("exception.type"),
            AttributeKey.stringKey("exception.stacktrace"))
        .containsEntry(AttributeKey.stringKey("exception.type"), "java.sql.SQLException");
    assertThat(event.getAttributes().get(AttributeKey.stringKey("exception.stacktrace")))
        .startsWith("java.sql.SQLException\n\tat " + getClass().getName() + ".")
        .contains("\n\tSuppressed: java.lang.IllegalStateException\n\t\tat ")
        .contains("\nCaused by: java.lang.IllegalArgumentException\n\tat ");
  }

  @Test
  void reachesEveryFrameThatTheJdkPrints() {
    IllegalStateException error = new IllegalStateException();
    StringWriter printed = new StringWriter();
    error.printStackTrace(new PrintWriter(printed, true));

    assertThat(ExceptionEvent.stackTrace(error).lines())
        .containsExactlyElementsOf(printed.toString().lines().toList());
  }

  @Test
  void endsWhereCausesFormACircle() {
    IllegalStateException first = new IllegalStateException();
    first.initCause(new IllegalArgumentException(first));

    assertThat(ExceptionEvent.stackTrace(first))
        .endsWith("Caused by: java.lang.IllegalStateException (see above)\n");
  }

  @Test
  void isBoundedHoweverDeepTheStackAndTheCausesAre() {
    Throwable error = new IllegalStateException();
    for (int i = 0; i < 1_000; i++) {
      error = new IllegalStateException(null, error);
    }

    assertThat(ExceptionEvent.stackTrace(error).lines())
        .hasSizeLessThanOrEqualTo(ExceptionEvent.MAX_FRAMES + 2 * ExceptionEvent.MAX_EXCEPTIONS)
        .filteredOn(line -> line.startsWith("Caused by: "))
        .hasSize(ExceptionEvent.MAX_EXCEPTIONS - 1);
  }

  private SpanData record(Throwable error) {
    SafeSpan span =
        recorded.telemetry().tracing("test").start("x", SpanKind.INTERNAL, Attributes.empty());
    span.recordError(error);
    span.end();
    return recorded.span("x");
  }
}
