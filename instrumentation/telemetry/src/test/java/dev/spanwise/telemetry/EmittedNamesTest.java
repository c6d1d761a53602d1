package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmittedNamesTest {

  private static final ObservedSpan READ =
      span("watchlist", Map.of("spanwise.read.name", "watchlist", "spanwise.read.rows", 3L));
  private static final ObservedSpan STATEMENT =
      new ObservedSpan(
          "io.opentelemetry.jdbc",
          "SELECT",
          SpanKind.CLIENT,
          Map.of("postgresql.pid", 4711L, "db.namespace", "demo", "db.query.text", "select ?"));
  private static final ObservedSeries DURATION =
      new ObservedSeries(
          "spanwise.read.duration",
          "s",
          Map.of("spanwise.read.name", "watchlist", "spanwise.read.outcome", "success"));

  @Test
  void whatIsDeclaredIsNoViolation() throws IOException {
    assertThat(violations(READ, STATEMENT)).isEmpty();
    assertThat(violations(span("read", Map.of()))).isEmpty();
    assertThat(violations(DURATION)).isEmpty();
    assertThat(
            violations(
                new ObservedSeries(
                    "spanwise_read_duration_seconds_bucket",
                    "seconds",
                    Map.of("spanwise_read_name", "w", "spanwise_read_outcome", "error", "le", "1")),
                new ObservedSeries("spanwise_read_duration_seconds_max", null, Map.of()),
                new ObservedSeries("spanwise_report_state_info", null, Map.of())))
        .isEmpty();
  }

  @Test
  void whatOthersEmitIsTheirs() throws IOException {
    assertThat(
            violations(
                new ObservedSpan(
                    "io.opentelemetry.http", "GET /", SpanKind.SERVER, Map.of("http.route", "/"))))
        .isEmpty();
    assertThat(violations(new ObservedSeries("jvm_threads", null, Map.of("id", "1")))).isEmpty();
  }

  @Test
  void anUndeclaredSpanIsAViolation() throws IOException {
    assertThat(violations(span("elsewhere", Map.of("spanwise.read.name", "watchlist"))))
        .containsExactly("the internal span \"elsewhere\" of dev.spanwise.read is not declared");
    assertThat(
            violations(
                new ObservedSpan(
                    "dev.spanwise.read",
                    "watchlist",
                    SpanKind.CLIENT,
                    Map.of("spanwise.read.name", "watchlist"))))
        .containsExactly("the client span \"watchlist\" of dev.spanwise.read is not declared");
  }

  @Test
  void anUndeclaredAttributeIsAViolation() throws IOException {
    assertThat(violations(span("read", Map.of("thread.name", "main"))))
        .containsExactly("the span read has the undeclared attribute thread.name");
  }

  @Test
  void anAttributeOfOursOnASpanOfOthersHasToBeDeclaredThere() throws IOException {
    Map<String, Object> rows = Map.of("spanwise.read.rows", 3L);
    assertThat(violations(new ObservedSpan("io.http", "GET /", SpanKind.SERVER, rows)))
        .containsExactly(
            "the server span \"GET /\" of io.http is not declared to get spanwise.read.rows");
    assertThat(violations(new ObservedSpan("io.jdbc", "SELECT", SpanKind.CLIENT, rows)))
        .containsExactly("the span statement has the undeclared attribute spanwise.read.rows");
  }

  @Test
  void anAttributeOfAnotherTypeOrOutsideItsClosedSetIsAViolation() throws IOException {
    assertThat(
            violations(
                span(
                    "read",
                    Map.of("spanwise.read.rows", "three", "spanwise.read.outcome", "maybe"))))
        .containsExactlyInAnyOrder(
            "the attribute spanwise.read.rows of the span read is a String, not of the type int",
            "the attribute spanwise.read.outcome of the span read is \"maybe\","
                + " which is outside its closed set");
  }

  @Test
  void anUndeclaredMetricOrLabelIsAViolation() throws IOException {
    assertThat(
            violations(
                new ObservedSeries("spanwise.read.errors", null, Map.of()),
                new ObservedSeries("spanwise_read_errors_total", null, Map.of()),
                new ObservedSeries("spanwise.read.failures", null, Map.of("account", "7"))))
        .containsExactly(
            "the metric spanwise.read.errors is not declared",
            "the metric spanwise_read_errors_total is not declared",
            "the metric spanwise.read.failures has the undeclared label account");
  }

  @Test
  void aLabelOutsideItsClosedSetOrPastItsBoundIsAViolation() throws IOException {
    assertThat(violations(failures("maybe")))
        .containsExactly(
            "the label spanwise.read.outcome of the metric spanwise.read.failures is \"maybe\","
                + " which is outside its closed set");
    assertThat(violations(duration("one"), duration("two"), duration("other"))).isEmpty();
    assertThat(violations(duration("one"), duration("two"), duration("three")))
        .containsExactly(
            "the label spanwise.read.name of the metric spanwise.read.duration has more than"
                + " 2 values");
  }

  @Test
  void theSeriesOfAllFurtherOnesIsNoViolation() throws IOException {
    assertThat(violations(failures("other"))).isEmpty();
  }

  @Test
  void anotherUnitIsAViolation() throws IOException {
    assertThat(violations(new ObservedSeries("spanwise.read.duration", "ms", Map.of())))
        .containsExactly("the metric spanwise.read.duration has the unit \"ms\", not s");
  }

  @Test
  void whatWasNeverSeenIsTold() throws IOException {
    assertThat(compare(List.of(), List.of()).neverSeen(Set.of(Emitter.LIBRARY)))
        .containsExactly("span read", "span statement", "metric spanwise.read.duration");
    assertThat(
            compare(List.of(READ, STATEMENT), List.of(DURATION)).neverSeen(Set.of(Emitter.LIBRARY)))
        .containsExactly("attribute spanwise.read.outcome of span read");
    assertThat(
            compare(
                    List.of(),
                    List.of(new ObservedSeries("spanwise.read.failures", null, Map.of())))
                .neverSeen(EnumSet.of(Emitter.DEMO, Emitter.ANALYZER_SERVER)))
        .containsExactly(
            "label spanwise.read.outcome of metric spanwise.read.failures",
            "metric spanwise.report.state");
  }

  private static ObservedSpan span(String name, Map<String, Object> attributes) {
    return new ObservedSpan("dev.spanwise.read", name, SpanKind.INTERNAL, attributes);
  }

  private static ObservedSeries duration(String read) {
    return new ObservedSeries(
        "spanwise.read.duration",
        null,
        Map.of("spanwise.read.name", read, "spanwise.read.outcome", "error"));
  }

  private static ObservedSeries failures(String outcome) {
    return new ObservedSeries(
        "spanwise.read.failures", null, Map.of("spanwise.read.outcome", outcome));
  }

  private static List<String> violations(ObservedSpan... spans) throws IOException {
    return compare(Stream.of(spans).toList(), List.of()).violations();
  }

  private static List<String> violations(ObservedSeries... series) throws IOException {
    return compare(List.of(), Stream.of(series).toList()).violations();
  }

  private static EmittedNames compare(List<ObservedSpan> spans, List<ObservedSeries> series)
      throws IOException {
    return EmittedNames.compare(PlantedContract.read(), spans, series);
  }
}
