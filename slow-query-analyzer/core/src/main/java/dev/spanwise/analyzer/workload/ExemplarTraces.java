package dev.spanwise.analyzer.workload;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.Trace;
import dev.spanwise.analyzer.trace.TraceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a whole trace as an example for each endpoint: the one that goes through most parts, and of
 * those the longest. Pieces of a trace that come late are put to it, and so are traces that link to
 * it, such as a consumer's. A span alone is no example. Memory is bounded by {@link
 * WorkloadLimits}. Not thread-safe.
 */
final class ExemplarTraces {

  private static final Comparator<Story> LEAST_TELLING = Comparator.comparing(Story::shape);

  /** A trace with those that link to it. */
  private record Story(
      String endpoint, List<TracePiece> pieces, long spansOmitted, TraceShape shape) {

    TracePiece first() {
      return pieces.get(0);
    }

    int spansSeen() {
      int seen = 0;
      for (TracePiece piece : pieces) {
        seen += piece.spans().size();
      }
      return seen;
    }
  }

  private final Map<String, Story> byEndpoint = new HashMap<>();
  private final JoinableTraces joinable = new JoinableTraces();
  private @Nullable Story least;

  /** Takes a trace, or a further piece of one. */
  void offer(Trace trace) {
    TracePiece known = joinable.get(trace.id());
    TraceShape shape = TraceShape.of(trace.spans());
    boolean grows = known != null || shape.joinable() || joinable.isFollowed(trace.id());
    if (!grows && !isWanted(trace, shape)) {
      return;
    }
    TracePiece piece = known;
    if (piece == null) {
      piece = new TracePiece(trace.id());
    } else {
      joinable.remove(piece);
    }
    piece.add(trace.spans());
    joinable.add(piece);
    joinable.withFollowed(piece).forEach(this::consider);
    if (joinable.isFull()) {
      joinable.shrink(inUse());
    }
  }

  /** The examples, the most telling first; a trace that is shown with another is not repeated. */
  List<ExemplarTrace> chosen() {
    List<Story> mostTelling = new ArrayList<>(byEndpoint.values());
    mostTelling.sort(
        LEAST_TELLING.reversed().thenComparing(story -> story.first().id().toString()));
    Set<TraceId> shown = new HashSet<>();
    List<ExemplarTrace> traces = new ArrayList<>();
    for (Story story : mostTelling) {
      if (!shown.contains(story.first().id())) {
        story.pieces().forEach(piece -> shown.add(piece.id()));
        traces.add(exemplar(story));
      }
    }
    return traces;
  }

  private static ExemplarTrace exemplar(Story story) {
    List<Span> spans = spans(story.pieces());
    long omitted = story.spansOmitted() + spans.size();
    for (TracePiece piece : story.pieces()) {
      omitted += piece.spansOmitted();
    }
    spans.retainAll(TellingSpans.of(spans, WorkloadLimits.SPANS_OF_A_TRACE));
    spans.sort(Comparator.comparingLong(Span::startNanos).thenComparingLong(Span::spanId));
    return new ExemplarTrace(story.first().id(), story.endpoint(), spans, omitted - spans.size());
  }

  private void consider(TracePiece piece) {
    if (byEndpoint.values().removeIf(story -> story.first() == piece)) {
      least = null;
    }
    Story story = story(piece);
    if (story.spansSeen() > 1 && isWanted(byEndpoint.get(story.endpoint()), story.shape())) {
      byEndpoint.put(story.endpoint(), story);
      if (byEndpoint.size() > WorkloadLimits.TRACES) {
        byEndpoint.values().remove(Collections.min(byEndpoint.values(), LEAST_TELLING));
      }
      least = null;
    }
  }

  private Story story(TracePiece first) {
    JoinableTraces.Joined joined = joinable.withFollowers(first);
    TraceShape shape = TraceShape.of(first.spans());
    if (joined.pieces().size() > 1) {
      shape = TraceShape.of(spans(joined.pieces())).withRoot(shape.hasRoot());
    }
    return new Story(Endpoint.of(first.spans()), joined.pieces(), joined.spansOmitted(), shape);
  }

  private static List<Span> spans(List<TracePiece> pieces) {
    List<Span> spans = new ArrayList<>();
    pieces.forEach(piece -> spans.addAll(piece.spans()));
    return spans;
  }

  private boolean isWanted(Trace trace, TraceShape shape) {
    return trace.spans().size() > 1 && isWanted(byEndpoint.get(Endpoint.of(trace.spans())), shape);
  }

  private boolean isWanted(@Nullable Story current, TraceShape shape) {
    if (current != null) {
      return shape.compareTo(current.shape()) > 0;
    }
    if (byEndpoint.size() < WorkloadLimits.TRACES) {
      return true;
    }
    if (least == null) {
      least = Collections.min(byEndpoint.values(), LEAST_TELLING);
    }
    return shape.compareTo(least.shape()) > 0;
  }

  private Set<TracePiece> inUse() {
    Set<TracePiece> pieces = Collections.newSetFromMap(new IdentityHashMap<>());
    byEndpoint.values().forEach(story -> pieces.addAll(story.pieces()));
    return pieces;
  }
}
