package dev.spanwise.analyzer.ingest;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the spans of one source to its listeners, each with the service of its resource.
 *
 * <p>Neither protobuf nor JSON promises that a resource stands before its spans. Spans that come
 * first wait for it, {@value #MAX_WAITING} at most; those beyond are handed on without a service,
 * and a rejection says so.
 */
final class SpanSink {

  static final int MAX_WAITING = 10_000;

  private final String source;
  private final Consumer<? super Span> spans;
  private final Consumer<? super Rejection> rejections;
  private final List<Span> waiting = new ArrayList<>();
  private @Nullable String service;
  private boolean resourceKnown;
  private long withoutResource;
  private long accepted;
  private long rejected;
  private @Nullable String firstReason;

  SpanSink(String source, Consumer<? super Span> spans, Consumer<? super Rejection> rejections) {
    this.source = source;
    this.spans = spans;
    this.rejections = rejections;
  }

  void startResource() {
    service = null;
    resourceKnown = false;
    withoutResource = 0;
  }

  void resource(@Nullable String serviceName, String place) {
    service = serviceName;
    resourceKnown = true;
    if (withoutResource > 0 && serviceName != null) {
      reject(
          place,
          "the resource comes after more than "
              + MAX_WAITING
              + " of its spans: "
              + withoutResource
              + " spans were read without their service");
      withoutResource = 0;
    }
    handOnWaiting();
  }

  void accept(SpanDraft draft) {
    Span span = draft.toSpan(service);
    if (resourceKnown) {
      handOn(span);
    } else if (waiting.size() < MAX_WAITING) {
      waiting.add(span);
    } else {
      withoutResource++;
      handOn(span);
    }
  }

  /** Ends a resource's spans, read whole or cut. */
  void endResource() {
    handOnWaiting();
  }

  /** A span that could not be used. */
  void rejectSpan(String place, String reason) {
    rejected++;
    if (firstReason == null) {
      firstReason = place + ": " + reason;
    }
    reject(place, reason);
  }

  /** A piece of input that could not be used and that is not one span. */
  void reject(String place, String reason) {
    rejections.accept(new Rejection(source, place, reason));
  }

  /** The number of spans handed on. */
  long accepted() {
    return accepted;
  }

  /** The number of single spans rejected. */
  long rejected() {
    return rejected;
  }

  /** Place and reason of the first rejected span; null where none was. */
  @Nullable String firstReason() {
    return firstReason;
  }

  private void handOnWaiting() {
    for (Span span : waiting) {
      handOn(service == null ? span : withService(span, service));
    }
    waiting.clear();
  }

  private void handOn(Span span) {
    spans.accept(span);
    accepted++;
  }

  private static Span withService(Span span, String service) {
    return new Span(
        span.traceId(),
        span.spanId(),
        span.parentSpanId(),
        service,
        span.name(),
        span.kind(),
        span.startNanos(),
        span.endNanos(),
        span.failed(),
        span.route(),
        span.read(),
        span.call(),
        span.messaging(),
        span.links());
  }
}
