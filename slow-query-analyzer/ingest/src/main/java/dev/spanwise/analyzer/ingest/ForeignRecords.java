package dev.spanwise.analyzer.ingest;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents that are not OTLP requests for traces. A run of them, such as a file of log lines,
 * gives one rejection.
 */
final class ForeignRecords {

  /** As many keys of a document's first object as {@link #kind} looks at. */
  static final int KEYS = 20;

  private static final String EXPECTED = "; expected OTLP/JSON traces, with resourceSpans";

  private final SpanSink sink;
  private @Nullable String kind;
  private long firstLine;
  private long lastLine;
  private long count;

  ForeignRecords(SpanSink sink) {
    this.sink = sink;
  }

  /**
   * @param recordKind what the record is; null where it is an OTLP request for traces
   */
  void add(long line, @Nullable String recordKind) {
    if (recordKind == null || !recordKind.equals(kind)) {
      end();
      kind = recordKind;
      firstLine = line;
    }
    lastLine = line;
    count++;
  }

  /** Ends the run. */
  void end() {
    if (kind != null && count == 1) {
      sink.reject("line " + firstLine, kind);
    } else if (kind != null) {
      sink.reject("lines " + firstLine + " to " + lastLine, count + " records: " + kind);
    }
    kind = null;
    count = 0;
  }

  static String kind(boolean isArray, Set<String> keys) {
    return guess(isArray, keys) + EXPECTED;
  }

  private static String guess(boolean isArray, Set<String> keys) {
    if (keys.contains("resourceMetrics")) {
      return "OTLP metrics";
    }
    if (keys.contains("resourceLogs")) {
      return "OTLP logs";
    }
    if (keys.contains("resourceProfiles")) {
      return "OTLP profiles";
    }
    if (isArray && keys.contains("traceId")) {
      return "a JSON array that looks like Zipkin spans";
    }
    if (keys.contains("traceID") || keys.contains("data")) {
      return "JSON that looks like Jaeger traces";
    }
    if (keys.contains("batches") || keys.contains("trace")) {
      return "JSON that looks like an answer of Tempo";
    }
    return isArray ? "a JSON array" : "a JSON object of another kind";
  }
}
