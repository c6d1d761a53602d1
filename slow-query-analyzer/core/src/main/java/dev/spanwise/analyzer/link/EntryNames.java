package dev.spanwise.analyzer.link;

import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says of who sent its statement.
 *
 * @param comment the span that the statement's comment names; null where there is none
 * @param application the span that {@code application_name} names; null where there is none
 * @param service {@code application_name}, where a service of the spans is called so; null
 *     otherwise
 */
record EntryNames(
    @Nullable SpanName comment, @Nullable SpanName application, @Nullable String service) {

  static EntryNames of(Logged logged, SpanIndex index) {
    String application = logged.applicationName();
    return new EntryNames(
        SpanName.of(logged.traceContext()),
        SpanName.inApplicationName(application),
        index.isService(application) ? application : null);
  }

  /** The strongest method by which the entry names a span; null where it does not. */
  @Nullable LinkMethod method(Span span) {
    if (comment != null && comment.names(span)) {
      return LinkMethod.TRACEPARENT;
    }
    return application != null && application.names(span) ? LinkMethod.APPLICATION_NAME : null;
  }

  /** Whether the session may be of a span's service. */
  boolean mayBe(@Nullable String spanService) {
    return service == null || spanService == null || service.equals(spanService);
  }
}
