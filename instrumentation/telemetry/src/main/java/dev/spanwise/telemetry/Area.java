package dev.spanwise.telemetry;

import java.util.List;

/** What belongs together: one section of the contract and of its page. */
public record Area(
    String id,
    String title,
    String brief,
    List<DeclaredAttribute> attributes,
    List<DeclaredSpan> spans,
    List<DeclaredMetric> metrics) {

  public Area {
    attributes = List.copyOf(attributes);
    spans = List.copyOf(spans);
    metrics = List.copyOf(metrics);
  }
}
