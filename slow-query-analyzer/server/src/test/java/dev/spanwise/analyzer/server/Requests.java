package dev.spanwise.analyzer.server;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests that read their items one by one. */
final class Requests {

  private static final long MS = 1_000_000;

  private Requests() {}

  /** One request: 20 calls of 10 ms each. */
  static List<Span> itemByItem(long id) {
    TraceId trace = new TraceId(1, id);
    List<Span> spans = new ArrayList<>();
    spans.add(span(trace, 1, 0, SpanKind.SERVER, "GET /portfolio/{id}", null, 0, 220));
    for (int i = 0; i < 20; i++) {
      DatabaseCall call =
          new DatabaseCall(
              DatabaseSystem.POSTGRESQL,
              Statement.of("SELECT price FROM quotes WHERE instrument_id = " + i),
              null,
              null);
      spans.add(span(trace, 2 + i, 1, SpanKind.CLIENT, null, call, 10L * i, 10L * i + 10));
    }
    return spans;
  }

  private static Span span(
      TraceId trace,
      long id,
      long parent,
      SpanKind kind,
      @Nullable String route,
      @Nullable DatabaseCall call,
      long startMs,
      long endMs) {
    return new Span(
        trace,
        id,
        parent,
        "api \"one\"\n",
        "span",
        kind,
        startMs * MS,
        endMs * MS,
        false,
        route,
        null,
        call,
        null,
        SpanLinks.NONE);
  }
}
