package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The event <a
 * href="https://opentelemetry.io/docs/specs/semconv/exceptions/exceptions-spans/">exception</a>
 * without a message, neither the exception's own nor those of its causes: a database writes the
 * values of a row into it, an application its keys. What remains is the classes and where they were
 * thrown.
 */
final class ExceptionEvent {
  /** A stack overflow's frames fit; causes of causes past it are left out. */
  static final int MAX_FRAMES = 1_024;

  static final int MAX_EXCEPTIONS = 64;

  private static final String NAME = "exception";
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("exception.type");
  private static final AttributeKey<String> STACK_TRACE =
      AttributeKey.stringKey("exception.stacktrace");

  private final StringBuilder text = new StringBuilder();
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private int frames;

  private ExceptionEvent() {}

  static void addTo(Span span, Throwable error) {
    span.addEvent(
        NAME, Attributes.of(TYPE, error.getClass().getName(), STACK_TRACE, stackTrace(error)));
  }

  /** As {@link Throwable#printStackTrace()} has it, but for the messages. */
  static String stackTrace(Throwable error) {
    ExceptionEvent event = new ExceptionEvent();
    event.append(error, "", "");
    return event.text.toString();
  }

  private void append(Throwable error, String indent, String caption) {
    text.append(indent).append(caption).append(error.getClass().getName());
    // Causes can form a circle.
    if (!seen.add(error)) {
      text.append(" (see above)\n");
      return;
    }
    text.append('\n');
    appendFrames(error.getStackTrace(), indent);
    for (Throwable suppressed : error.getSuppressed()) {
      appendFurther(suppressed, indent + "\t", "Suppressed: ");
    }
    Throwable cause = error.getCause();
    if (cause != null) {
      appendFurther(cause, indent, "Caused by: ");
    }
  }

  private void appendFurther(Throwable error, String indent, String caption) {
    if (seen.size() < MAX_EXCEPTIONS) {
      append(error, indent, caption);
    }
  }

  private void appendFrames(StackTraceElement[] trace, String indent) {
    int shown = Math.min(trace.length, MAX_FRAMES - frames);
    for (int i = 0; i < shown; i++) {
      text.append(indent).append("\tat ").append(trace[i]).append('\n');
    }
    if (shown < trace.length) {
      text.append(indent).append("\t... ").append(trace.length - shown).append(" more\n");
    }
    frames += shown;
  }
}
