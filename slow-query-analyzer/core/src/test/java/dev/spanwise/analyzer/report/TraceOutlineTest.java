package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.report.Report.SpanLink;
import dev.spanwise.analyzer.report.Report.Trace;
import dev.spanwise.analyzer.report.Report.TraceSpan;
import dev.spanwise.analyzer.report.TraceOutline.Row;
import dev.spanwise.analyzer.trace.OrderTrace;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanBuilder;
import dev.spanwise.analyzer.trace.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TraceOutlineTest {

  @Test
  void aSpanStandsBelowTheOneThatLedToItByParentOrByLink() {
    TraceOutline outline = TraceOutline.of(SampleTraces.report().traces().get(0));

    assertThat(outline.rows())
        .extracting(row -> row.depth() + " " + row.span().service() + " " + row.span().kind())
        .containsExactly(
            "0 order-api server",
            "1 order-api client",
            "1 order-api producer",
            "2 projector consumer",
            "3 projector internal",
            "4 projector client",
            "3 projector client",
            "3 projector producer",
            "4 read-api consumer",
            "2 audit consumer",
            "3 audit client",
            "0 read-api client");
    assertThat(outline.rows().get(9).remarks()).containsExactly("linked to publish ORDERS");
    assertThat(outline.rows().get(11).remarks()).containsExactly("parent not seen");
  }

  @Test
  void everySpanHasOneRowWhateverItsParentsAndLinksSay() {
    List<TraceSpan> spans =
        List.of(
            span("1", "2"),
            span("2", "1"),
            span("3", "3"),
            span("4", null, "4", "5"),
            span("5", null, "4"),
            span("6", "absent", "1", "2", "absent"));

    TraceOutline outline = TraceOutline.of(trace(spans));

    assertThat(outline.rows())
        .extracting(row -> row.span().spanId())
        .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
    assertThat(row(outline, "1").remarks()).contains("its parents lead back to it");
    assertThat(row(outline, "3").remarks()).contains("its parents lead back to it");
    assertThat(row(outline, "6").remarks())
        .containsExactly("parent not seen", "linked to span 1", "2 further links");
  }

  @Test
  void shortDatabaseCallsAreTheFirstToBeLeftOutOfABriefOutline() {
    List<Span> spans = new ArrayList<>(OrderTrace.spans());
    for (int i = 0; i < 60; i++) {
      spans.add(
          new SpanBuilder(OrderTrace.ID, 100 + i, "order-api", SpanKind.CLIENT, "SELECT")
              .under(OrderTrace.REQUEST)
              .sql("SELECT " + i)
              .at(5_000, 5_010)
              .build());
    }
    TraceOutline outline = TraceOutline.of(SampleTraces.of(spans).traces().get(0));

    assertThat(outline.brief(14))
        .hasSize(14)
        .extracting(row -> row.span().kind())
        .contains("server", "producer", "consumer");
    assertThat(TraceText.rows(outline)).hasSizeLessThanOrEqualTo(14);
    assertThat(TraceText.more(outline)).isEqualTo("and 55 more spans");
  }

  @Test
  void aTraceWithinOneServiceAndWithoutMessagesIsNotOutlinedInText() {
    Report report = SampleTraces.of(SampleTraces.itemByItem());

    assertThat(report.traces()).hasSize(1);
    assertThat(TraceOutline.crossing(report.traces())).isNull();
    assertThat(ReportFormat.TEXT.render(report)).doesNotContain("A trace of");
    assertThat(ReportFormat.MARKDOWN.render(report)).doesNotContain("A trace of");
  }

  @Test
  void aTraceThatARequestSetOffIsOutlinedBeforeOneThatATimerDid() {
    Trace timer = trace(List.of(span("1", null), ofKind("producer", "2", "1")));
    Trace request = trace(List.of(ofKind("server", "3", null), ofKind("producer", "4", "3")));
    Trace other = trace(List.of(ofKind("server", "5", null), ofKind("producer", "6", "5")));

    assertThat(crossing(timer, request, other)).isEqualTo(request);
    assertThat(crossing(timer)).isEqualTo(timer);
    assertThat(TraceOutline.crossing(List.of())).isNull();
  }

  private static Trace crossing(Trace... traces) {
    return Objects.requireNonNull(TraceOutline.crossing(List.of(traces))).trace();
  }

  @Test
  void theOutlineIsShortWhateverTheTrace() {
    List<String> lines = ReportFormat.TEXT.render(SampleTraces.report()).lines().toList();
    int start = lines.indexOf("A trace of POST /orders");

    assertThat(start).isNotNegative();
    assertThat(lines.subList(start, lines.indexOf("Statements"))).hasSizeLessThanOrEqualTo(20);
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void namesOfDatabaseSpansAreNeverShown() {
    String secret = "S3CR3T";
    List<Span> spans =
        List.of(
            new SpanBuilder(OrderTrace.ID, 1, "api", SpanKind.SERVER, "GET /").at(0, 9).build(),
            new SpanBuilder(OrderTrace.ID, 2, "api", SpanKind.CLIENT, "SELECT '" + secret + "'")
                .under(1)
                .sql("SELECT '" + secret + "'")
                .build(),
            new SpanBuilder(OrderTrace.ID, 3, "api", SpanKind.CLIENT, "GET user:" + secret)
                .under(1)
                .command("redis GET")
                .build(),
            new SpanBuilder(OrderTrace.ID, 4, "mail", SpanKind.PRODUCER, "publish").build());

    Report report = SampleTraces.of(spans);

    assertThat(report.traces()).hasSize(1);
    for (ReportFormat format : ReportFormat.values()) {
      assertThat(format.render(report)).contains("redis GET").doesNotContain(secret);
    }
  }

  @Test
  void aNameIsNoLongerThanAReaderCanUse() {
    String longName = "n".repeat(5_000);
    Report report =
        SampleTraces.of(
            List.of(
                new SpanBuilder(OrderTrace.ID, 1, "api", SpanKind.SERVER, longName).build(),
                new SpanBuilder(OrderTrace.ID, 2, "api", SpanKind.CONSUMER, longName)
                    .under(1)
                    .message("nats", "process", longName, longName)
                    .build()));

    Trace trace = report.traces().get(0);
    assertThat(trace.endpoint()).hasSize(201).endsWith("…");
    assertThat(trace.spans().get(1).name()).hasSize(201);
    assertThat(trace.spans().get(1).operation()).hasSize(201);
  }

  private static Row row(TraceOutline outline, String spanId) {
    return outline.rows().stream()
        .filter(row -> row.span().spanId().equals(spanId))
        .findFirst()
        .orElseThrow();
  }

  private static TraceSpan span(String id, @Nullable String parent, String... links) {
    return ofKind("internal", id, parent, links);
  }

  private static TraceSpan ofKind(
      String kind, String id, @Nullable String parent, String... links) {
    return new TraceSpan(
        "t",
        id,
        parent,
        "span " + id,
        kind,
        "service",
        null,
        null,
        0,
        1,
        false,
        List.of(links).stream().map(link -> new SpanLink("t", link)).toList(),
        0);
  }

  private static Trace trace(List<TraceSpan> spans) {
    return new Trace(
        "t", "endpoint", 1, List.of(Objects.requireNonNull(spans.get(0).service())), 0, spans);
  }
}
