package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.Messaging;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.ExemplarTrace;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The traces of a report. */
final class ReportTraces {

  /** Names are the application's, and a statement can be long. */
  private static final int NAME_CHARACTERS = 200;

  private static final double NANOS_PER_MS = 1e6;

  private ReportTraces() {}

  static Report.Trace trace(ExemplarTrace trace) {
    List<Span> spans = trace.spans();
    long start = spans.stream().mapToLong(Span::startNanos).min().orElse(0);
    long end = spans.stream().mapToLong(Span::endNanos).max().orElse(0);
    return new Report.Trace(
        trace.id().toString(),
        cut(trace.endpoint()),
        milliseconds(end - start),
        spans.stream().map(Span::service).filter(Objects::nonNull).distinct().toList(),
        trace.spansOmitted(),
        spans.stream().map(span -> span(span, start)).toList());
  }

  private static Report.TraceSpan span(Span span, long traceStart) {
    DatabaseCall call = span.call();
    return new Report.TraceSpan(
        span.traceId().toString(),
        Span.format(span.spanId()),
        span.isRoot() ? null : Span.format(span.parentSpanId()),
        cut(span.shownName()),
        span.kind().name().toLowerCase(Locale.ROOT),
        span.service(),
        operation(span),
        call == null || call.statement() == null ? null : call.statement().id(),
        milliseconds(span.startNanos() - traceStart),
        milliseconds(span.durationNanos()),
        span.failed(),
        span.links().kept().stream()
            .map(link -> new Report.SpanLink(link.traceId().toString(), Span.format(link.spanId())))
            .toList(),
        span.links().omitted());
  }

  /** The named read, or such as {@code process orders.created by projector}. */
  private static @Nullable String operation(Span span) {
    Messaging messaging = span.messaging();
    if (span.read() != null || messaging == null) {
      return span.read() == null ? null : cut(span.read());
    }
    String what =
        Stream.of(messaging.operation(), messaging.destination())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    String by = messaging.consumerGroup() == null ? "" : " by " + messaging.consumerGroup();
    return cut((what.isEmpty() ? messaging.system() : what) + by);
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= NAME_CHARACTERS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, NAME_CHARACTERS)).stripTrailing() + "…";
  }

  private static double milliseconds(long nanos) {
    return Math.round(nanos / NANOS_PER_MS * 1_000) / 1_000.0;
  }
}
