package dev.spanwise.analyzer.trace;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parents of the spans of one trace. Not thread-safe. */
public final class SpanTree {

  /** Deeper nesting than any real trace's: ends a loop of parents. */
  private static final int DEEPEST = 1_000;

  private final Map<Long, Span> byId;

  public SpanTree(Trace trace) {
    byId = new HashMap<>(trace.spans().size() * 2);
    for (Span span : trace.spans()) {
      byId.put(span.spanId(), span);
    }
  }

  /** What {@code span} was done for. */
  public Origin origin(Span span) {
    String operation = operation(span);
    Span request = null;
    String route = span.route();
    Span top = span;
    Span parent = parent(span);
    for (int depth = 0; parent != null && depth < DEEPEST; depth++) {
      top = parent;
      if (operation == null) {
        operation = operation(parent);
      }
      if (request == null && serves(parent)) {
        request = parent;
      }
      if (parent.route() != null) {
        route = parent.route();
      }
      parent = parent(parent);
    }
    if (route == null && top.isRoot() && serves(top) && top.spanId() != span.spanId()) {
      route = top.name();
    }
    if (request == null && top.isRoot()) {
      request = top;
    }
    return new Origin(
        operation, route, request == null ? top.parentSpanId() : request.spanId(), request);
  }

  private @Nullable Span parent(Span span) {
    return span.isRoot() ? null : byId.get(span.parentSpanId());
  }

  private static boolean serves(Span span) {
    return span.kind() == SpanKind.SERVER || span.kind() == SpanKind.CONSUMER;
  }

  private static @Nullable String operation(Span span) {
    Messaging messaging = span.messaging();
    return span.read() == null && span.kind() == SpanKind.CONSUMER && messaging != null
        ? messaging.consumerGroup()
        : span.read();
  }

  /**
   * What a span was done for.
   *
   * @param operation the nearest enclosing named read or consumer group; null where there is none
   * @param endpoint route of the outermost enclosing request, or the name of the root's server or
   *     consumer span; null where neither is known
   * @param requestSpanId id of the innermost enclosing server or consumer span, or of the outermost
   *     span that is named as an ancestor
   * @param request that span; null where it is not in the trace
   */
  public record Origin(
      @Nullable String operation,
      @Nullable String endpoint,
      long requestSpanId,
      @Nullable Span request) {}
}
