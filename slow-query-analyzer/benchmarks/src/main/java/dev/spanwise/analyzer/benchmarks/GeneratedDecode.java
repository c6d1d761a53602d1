package dev.spanwise.analyzer.benchmarks;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;

/**
 * The yardstick: the same bytes through protobuf's generated classes, frame by frame, with a look
 * at each span's times and no look at its attributes.
 */
final class GeneratedDecode {

  private long spans;
  private long nanos;

  void read(InputStream in) throws IOException {
    for (ExportTraceServiceRequest request = ExportTraceServiceRequest.parseDelimitedFrom(in);
        request != null;
        request = ExportTraceServiceRequest.parseDelimitedFrom(in)) {
      for (ResourceSpans resource : request.getResourceSpansList()) {
        for (ScopeSpans scope : resource.getScopeSpansList()) {
          for (Span span : scope.getSpansList()) {
            spans++;
            nanos += span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
          }
        }
      }
    }
  }

  long spans() {
    return spans;
  }

  long totalNanos() {
    return nanos;
  }
}
