package dev.spanwise.analyzer.benchmarks.links;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.instrumentation.fingerprint.Statement;

/**
 * A call as the client saw it.
 *
 * @param id its number, which its statement carries in a comment that only the benchmark reads
 */
record Call(long id, int pid, Shape shape, long startNanos, long endNanos) {

  /** Above the number in the id of the span that called. */
  private static final long PARENT = 1L << 40;

  long durationNanos() {
    return endNanos - startNanos;
  }

  /** What a comment of this call's statement says: the parent of its span. */
  TraceContext context() {
    return new TraceContext(traceId(), PARENT + id);
  }

  private TraceId traceId() {
    return new TraceId(7, id);
  }

  /**
   * The span of the call.
   *
   * @param statement the normalised statement
   */
  Span span(Statement statement, boolean withPid) {
    return new Span(
        traceId(),
        id,
        PARENT + id,
        "api",
        shape.name(),
        SpanKind.CLIENT,
        startNanos,
        endNanos,
        false,
        null,
        null,
        new DatabaseCall(DatabaseSystem.POSTGRESQL, statement, null, withPid ? pid : null),
        null,
        SpanLinks.NONE);
  }

  /** The same, later. */
  Call later(long nanos) {
    return new Call(id, pid, shape, startNanos + nanos, endNanos + nanos);
  }

  String line() {
    return id + "\t" + pid + "\t" + shape + "\t" + startNanos + "\t" + endNanos;
  }

  static Call ofLine(String line) {
    String[] fields = line.split("\t", -1);
    return new Call(
        Long.parseLong(fields[0]),
        Integer.parseInt(fields[1]),
        Shape.valueOf(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }
}
