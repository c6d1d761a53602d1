package dev.spanwise.instrumentation.telemetry;

import java.util.List;
import java.util.Map;

/**
 * Headers as <a href="https://www.w3.org/TR/trace-context/">Trace Context</a> and <a
 * href="https://www.w3.org/TR/baggage/">Baggage</a> do not want them, in characters that a message
 * can carry.
 */
public final class MalformedContext {
  public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  private static final String SPAN_ID = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-" + TRACE_ID + "-" + SPAN_ID + "-01";

  private MalformedContext() {}

  /** None of them names a trace. */
  public static List<Map<String, String>> withoutTrace() {
    return List.of(
        Map.of("traceparent", ""),
        Map.of("traceparent", "-"),
        Map.of("traceparent", "00-zz-not-a-trace"),
        Map.of("traceparent", TRACEPARENT.substring(0, 54)),
        Map.of("traceparent", TRACEPARENT + "-more"),
        Map.of("traceparent", "ff" + TRACEPARENT.substring(2)),
        Map.of("traceparent", "00-" + "0".repeat(32) + "-" + SPAN_ID + "-01"),
        Map.of("traceparent", "00-" + TRACE_ID + "-" + "0".repeat(16) + "-01"),
        Map.of("traceparent", TRACEPARENT.replace('-', '_')),
        Map.of("traceparent", "x".repeat(25_000)),
        Map.of("tracestate", "=,".repeat(12_000)),
        Map.of("baggage", "=;,;=,%zz,k=%"),
        Map.of("baggage", "k=" + "v".repeat(25_000)),
        Map.of("traceparent", "%00%0d%0a", "tracestate", ",", "baggage", ",=,"));
  }

  /** Each of them names {@link #TRACE_ID}. */
  public static List<Map<String, String>> besideATrace() {
    return List.of(
        Map.of("traceparent", TRACEPARENT, "tracestate", "=,=,"),
        Map.of("traceparent", TRACEPARENT, "tracestate", "A=1,,,b"),
        Map.of("traceparent", TRACEPARENT, "tracestate", "k=v,".repeat(600)),
        Map.of("traceparent", TRACEPARENT, "baggage", "=;,;=,%zz,k=%"),
        Map.of("traceparent", TRACEPARENT, "baggage", "k=" + "v".repeat(25_000)));
  }
}
