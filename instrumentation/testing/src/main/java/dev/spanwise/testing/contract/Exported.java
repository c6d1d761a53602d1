package dev.spanwise.testing.contract;

import java.util.List;
import java.util.Map;

/**
 * What a run of an application left behind.
 *
 * @param spans in no order
 * @param output what the application said, {@code key=value} a line; a key said again counts once,
 *     the last
 * @param log everything else that its process printed, a line each
 */
public record Exported(List<ExportedSpan> spans, Map<String, String> output, List<String> log) {

  public List<ExportedSpan> spansWith(String attribute) {
    return spans.stream().filter(span -> span.attributes().containsKey(attribute)).toList();
  }
}
