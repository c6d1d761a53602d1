package dev.spanwise.analyzer.trace;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Gathers spans into traces in bounded memory: a parent ends after its children, so a span's
 * request is known only later.
 *
 * <p>Spans are held until {@code capacity} of them wait; then the trace that was touched least
 * recently is handed over. A trace that alone fills a quarter of the capacity is handed over in
 * fragments. Not thread-safe.
 */
public final class TraceAssembler {

  private static final int FEW_SPANS = 8;

  private final int capacity;
  private final Consumer<Trace> receiver;
  private final Map<TraceId, OpenTrace> open = new LinkedHashMap<>(1024, 0.75f, true);
  private int held;
  private long generation;
  private long fragments;

  /**
   * @param capacity spans held at most
   * @param receiver called with each trace, on the thread that calls this object
   */
  public TraceAssembler(int capacity, Consumer<Trace> receiver) {
    if (capacity < 4) {
      throw new IllegalArgumentException("capacity is " + capacity + ", must be at least 4");
    }
    this.capacity = capacity;
    this.receiver = receiver;
  }

  /** Takes one span. */
  public void add(Span span) {
    OpenTrace trace = open.computeIfAbsent(span.traceId(), id -> new OpenTrace());
    trace.spans.add(span);
    trace.touched = generation;
    held++;
    if (trace.spans.size() >= capacity / 4) {
      open.remove(span.traceId());
      fragments++;
      release(span.traceId(), trace, true);
    } else if (held > capacity) {
      releaseOldest();
    }
  }

  /** Hands over every trace that no span has joined since the last call. */
  public void releaseIdle() {
    Iterator<Map.Entry<TraceId, OpenTrace>> oldestFirst = open.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<TraceId, OpenTrace> entry = oldestFirst.next();
      if (entry.getValue().touched == generation) {
        break;
      }
      oldestFirst.remove();
      release(entry.getKey(), entry.getValue(), false);
    }
    generation++;
  }

  /** Hands over all that is held. */
  public void releaseAll() {
    open.forEach((id, trace) -> release(id, trace, false));
    open.clear();
  }

  /** How often a trace was too large to be held whole. */
  public long fragments() {
    return fragments;
  }

  private void releaseOldest() {
    Iterator<Map.Entry<TraceId, OpenTrace>> oldestFirst = open.entrySet().iterator();
    Map.Entry<TraceId, OpenTrace> oldest = oldestFirst.next();
    oldestFirst.remove();
    release(oldest.getKey(), oldest.getValue(), false);
  }

  private void release(TraceId id, OpenTrace trace, boolean fragment) {
    held -= trace.spans.size();
    receiver.accept(new Trace(id, trace.spans, fragment));
  }

  private static final class OpenTrace {
    final List<Span> spans = new ArrayList<>(FEW_SPANS);
    long touched;
  }
}
