package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.report.Report.SpanLink;
import dev.spanwise.analyzer.report.Report.Trace;
import dev.spanwise.analyzer.report.Report.TraceSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spans of a trace in the order in which one leads to another. Every span is in it once,
 * whatever its parents and links say.
 */
record TraceOutline(Trace trace, List<Row> rows) {

  /**
   * One span.
   *
   * @param depth how many spans led to it
   * @param entersService whether its service is not that of the span which led to it
   * @param remarks what else is to be said of its place, in words
   */
  record Row(TraceSpan span, int depth, boolean entersService, List<String> remarks) {}

  static TraceOutline of(Trace trace) {
    return new TraceOutline(trace, new Builder(trace).rows());
  }

  /** Services, time and spans, such as "148 ms · 3 services · 14 spans". */
  static String extent(Trace trace) {
    int services = trace.services().size();
    long spans = trace.spans().size() + trace.spansOmitted();
    return Quantity.milliseconds(trace.durationMs())
        + (services == 0 ? "" : " · " + Quantity.count(services, "service"))
        + " · "
        + Quantity.count(spans, "span");
  }

  /**
   * The most telling trace that crosses services or carries messages, one that a request set off
   * before those that a timer did; null where none does.
   */
  static @Nullable TraceOutline crossing(List<Trace> traces) {
    return traces.stream()
        .filter(TraceOutline::crosses)
        .min(Comparator.comparing(trace -> !beginsWithRequest(trace)))
        .map(TraceOutline::of)
        .orElse(null);
  }

  private static boolean beginsWithRequest(Trace trace) {
    return trace.spans().get(0).kind().equals("server");
  }

  private static boolean crosses(Trace trace) {
    return trace.services().size() > 1
        || trace.spans().stream()
            .anyMatch(span -> span.kind().equals("producer") || span.kind().equals("consumer"));
  }

  /** At most so many rows: the shortest database calls are left out first, then the last rows. */
  List<Row> brief(int most) {
    List<Row> calls =
        rows.stream()
            .filter(row -> row.span().fingerprint() != null && !row.span().error())
            .sorted(Comparator.comparingDouble(row -> row.span().durationMs()))
            .toList();
    int tooMany = Math.max(0, rows.size() - most);
    Set<Row> left = new HashSet<>(calls.subList(0, Math.min(tooMany, calls.size())));
    return rows.stream().filter(row -> !left.contains(row)).limit(most).toList();
  }

  private static final class Builder {
    private final Map<SpanLink, TraceSpan> byId = new LinkedHashMap<>();
    private final Map<SpanLink, List<TraceSpan>> led = new HashMap<>();
    private final Set<SpanLink> placed = new HashSet<>();
    private final List<Row> rows = new ArrayList<>();

    Builder(Trace trace) {
      trace.spans().forEach(span -> byId.put(id(span), span));
    }

    List<Row> rows() {
      List<TraceSpan> tops = new ArrayList<>();
      for (TraceSpan span : byId.values()) {
        SpanLink before = before(span);
        if (before == null) {
          tops.add(span);
        } else {
          led.computeIfAbsent(before, id -> new ArrayList<>()).add(span);
        }
      }
      tops.forEach(top -> place(top, 0, null));
      // What is left leads back to itself.
      byId.values().forEach(span -> place(span, 0, null));
      return rows;
    }

    /** The span that led to it: its parent, or one that it links to; null where none is here. */
    private @Nullable SpanLink before(TraceSpan span) {
      SpanLink parent = parent(span);
      if (parent != null && byId.containsKey(parent)) {
        return parent;
      }
      return span.links().stream()
          .filter(link -> byId.containsKey(link) && !link.equals(id(span)))
          .findFirst()
          .orElse(null);
    }

    private void place(TraceSpan span, int depth, @Nullable TraceSpan before) {
      if (!placed.add(id(span))) {
        return;
      }
      boolean enters =
          span.service() != null && (before == null || !span.service().equals(before.service()));
      rows.add(new Row(span, depth, enters, remarks(span, before)));
      for (TraceSpan next : led.getOrDefault(id(span), List.of())) {
        place(next, depth + 1, span);
      }
    }

    private List<String> remarks(TraceSpan span, @Nullable TraceSpan before) {
      List<String> remarks = new ArrayList<>();
      SpanLink parent = parent(span);
      boolean byLink = before != null && !id(before).equals(parent);
      if (parent != null && !byId.containsKey(parent)) {
        remarks.add("parent not seen");
      } else if (parent != null && before == null) {
        remarks.add("its parents lead back to it");
      }
      if (before != null && byLink) {
        remarks.add("linked to " + before.name());
      }
      int further = span.links().size() + span.linksOmitted() - (byLink ? 1 : 0);
      if (further > 0) {
        remarks.add(
            byLink ? Quantity.count(further, "further link") : Quantity.count(further, "link"));
      }
      return remarks;
    }

    private static SpanLink id(TraceSpan span) {
      return new SpanLink(span.traceId(), span.spanId());
    }

    private static @Nullable SpanLink parent(TraceSpan span) {
      return span.parentSpanId() == null ? null : new SpanLink(span.traceId(), span.parentSpanId());
    }
  }
}
