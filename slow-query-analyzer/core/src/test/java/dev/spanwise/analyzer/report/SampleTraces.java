package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.analysis.Analysis;
import dev.spanwise.analyzer.input.Rejections;
import dev.spanwise.analyzer.link.PlanLinker;
import dev.spanwise.analyzer.trace.OrderTrace;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanBuilder;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The report of spans: a message through four services, and a page that asks item by item. */
final class SampleTraces {

  static final TraceId PORTFOLIO = new TraceId(0x0af7651916cd43ddL, 0x8448eb211c80319cL);

  private static final long PAGE = 0xb100000000000001L;

  private SampleTraces() {}

  static Report report() {
    List<Span> spans = new ArrayList<>(OrderTrace.spans());
    spans.addAll(OrderTrace.audit());
    spans.add(OrderTrace.orphan());
    spans.addAll(itemByItem());
    return of(spans);
  }

  /** What the analysis makes of spans, in the order in which they come. */
  static Report of(List<Span> spans) {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    spans.forEach(builder::add);
    builder.groupAllTraces();
    Workload workload = builder.build();
    return Analysis.of(
            workload,
            new PlanLinker(workload).links(),
            Analysis.Database.NONE,
            new Rejections(),
            new ReportAssembler(SampleReports.GENERATED, "0.1.0"))
        .report();
  }

  static List<Span> itemByItem() {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      spans.add(
          span(PAGE + 2 + i, SpanKind.CLIENT, "loadQuote")
              .under(PAGE + 1)
              .sql("SELECT price FROM quotes WHERE instrument_id = " + i)
              .at(900 + 3_500L * i, 3_900 + 3_500L * i)
              .build());
    }
    spans.add(
        span(PAGE + 1, SpanKind.INTERNAL, "portfolio-summary")
            .under(PAGE)
            .read("portfolio-summary")
            .at(400, 85_900)
            .build());
    spans.add(
        span(PAGE, SpanKind.SERVER, "GET /portfolios/{id}")
            .route("GET /portfolios/{id}")
            .at(0, 86_600)
            .build());
    return spans;
  }

  private static SpanBuilder span(long id, SpanKind kind, String name) {
    return new SpanBuilder(PORTFOLIO, id, "read-api", kind, name);
  }
}
