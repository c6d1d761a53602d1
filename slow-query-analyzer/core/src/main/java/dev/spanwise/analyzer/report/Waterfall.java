package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.report.Report.Trace;
import dev.spanwise.analyzer.report.Report.TraceSpan;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trace drawn over time: a bar for each span, on an axis from the trace's first start to its last
 * end.
 *
 * @param id identifies it within the page
 * @param open whether it is shown open
 * @param ticks labels of the axis' start, middle and end
 */
record Waterfall(String id, boolean open, Trace trace, List<Bar> bars, List<String> ticks) {

  /** More rows, or more traces, than these are opened one by one. */
  private static final int FEW_ROWS = 40;

  private static final int FEW_TRACES = 5;

  private static final int COLOURS = 6;
  private static final int DEEPEST = 12;

  /**
   * One span's row.
   *
   * @param x start in per cent of the axis
   * @param width length in per cent, at least a hair
   * @param colour the class of its service's colour
   */
  record Bar(TraceOutline.Row row, String x, String width, String colour) {

    TraceSpan span() {
      return row.span();
    }

    int depth() {
      return Math.min(row.depth(), DEEPEST);
    }

    boolean isStatement() {
      return span().fingerprint() != null;
    }

    /** False for a kind that says nothing, or not more than the name. */
    boolean showsKind() {
      return !isStatement()
          && !span().kind().equals("internal")
          && !span().kind().equals("unspecified");
    }

    /** The operation where the name does not say it already. */
    boolean showsOperation() {
      return span().operation() != null && !span().operation().equals(span().name());
    }
  }

  static List<Waterfall> of(List<Trace> traces) {
    return Stream.iterate(0, i -> i < traces.size(), i -> i + 1)
        .map(
            i -> {
              Trace trace = traces.get(i);
              boolean few = traces.size() <= FEW_TRACES && trace.spans().size() <= FEW_ROWS;
              return of("trace-" + (i + 1), i == 0 && few, trace);
            })
        .toList();
  }

  private static Waterfall of(String id, boolean open, Trace trace) {
    double axis = trace.durationMs();
    return new Waterfall(
        id,
        open,
        trace,
        TraceOutline.of(trace).rows().stream().map(row -> bar(row, trace)).toList(),
        Stream.of(0.0, axis / 2, axis).map(Quantity::milliseconds).toList());
  }

  private static Bar bar(TraceOutline.Row row, Trace trace) {
    double axis = trace.durationMs();
    double width = Math.max(0.5, percent(row.span().durationMs(), axis));
    double x = Math.min(percent(row.span().startOffsetMs(), axis), 100 - width);
    return new Bar(row, decimal(x), decimal(width), colour(trace, row.span().service()));
  }

  /** The class of a service's colour, the same for all its spans in a trace. */
  static String colour(Trace trace, @Nullable String service) {
    int number = service == null ? -1 : trace.services().indexOf(service);
    return number < 0 ? "none" : "s" + number % COLOURS;
  }

  private static double percent(double ms, double axis) {
    return axis > 0 && Double.isFinite(ms) ? Math.max(0, Math.min(100, ms / axis * 100)) : 0;
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
