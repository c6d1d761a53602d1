package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Messaging;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much a trace has to tell: the greater, the more. Looked at for every trace, so it allocates
 * little.
 *
 * @param hasRoot whether its first span has come
 * @param parts distinct services, and in each the kinds of span, databases and messaging systems;
 *     beyond {@value #MOST_PARTS} they are not told apart
 * @param nanos from the first start to the last end
 * @param joinable whether others are likely to join: what links to it, what it links to, its root
 */
record TraceShape(boolean hasRoot, int parts, long nanos, boolean joinable)
    implements Comparable<TraceShape> {

  private static final int MOST_PARTS = 64;

  private static final Comparator<TraceShape> ORDER =
      Comparator.comparing(TraceShape::hasRoot)
          .thenComparingInt(TraceShape::parts)
          .thenComparingLong(TraceShape::nanos);

  static TraceShape of(Iterable<Span> spans) {
    List<Span> parts = new ArrayList<>(8);
    boolean hasRoot = false;
    boolean messages = false;
    long start = Long.MAX_VALUE;
    long end = 0;
    for (Span span : spans) {
      hasRoot |= span.isRoot();
      messages |= span.kind() == SpanKind.PRODUCER || !span.links().kept().isEmpty();
      start = Math.min(start, span.startNanos());
      end = Math.max(end, span.endNanos());
      if (isNew(span, parts)) {
        parts.add(span);
      }
    }
    return new TraceShape(hasRoot, parts.size(), end - start, messages || !hasRoot);
  }

  /** The same of a trace that has its root, or has not, whatever those that were joined have. */
  TraceShape withRoot(boolean root) {
    return new TraceShape(root, parts, nanos, joinable);
  }

  private static boolean isNew(Span span, List<Span> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (isSamePart(span, parts.get(i))) {
        return false;
      }
    }
    return parts.size() < MOST_PARTS;
  }

  private static boolean isSamePart(Span one, Span other) {
    return one.kind() == other.kind()
        && Objects.equals(one.service(), other.service())
        && system(one.call()) == system(other.call())
        && Objects.equals(system(one.messaging()), system(other.messaging()));
  }

  private static @Nullable DatabaseSystem system(@Nullable DatabaseCall call) {
    return call == null ? null : call.system();
  }

  private static @Nullable String system(@Nullable Messaging messaging) {
    return messaging == null ? null : messaging.system();
  }

  @Override
  public int compareTo(TraceShape other) {
    return ORDER.compare(this, other);
  }
}
