package dev.spanwise.analyzer.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.trace.OrderTrace;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanBuilder;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.Spans;
import dev.spanwise.analyzer.trace.TraceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExemplarTracesTest {

  private final WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));

  @Test
  void keepsTheTraceThroughMostPartsThoughAnotherIsLonger() {
    add(Spans.request(Spans.trace(1), 1, "GET /", 0, 900), read(1));
    add(
        Spans.request(Spans.trace(2), 1, "GET /", 0, 50),
        read(2),
        Spans.call(Spans.trace(2), 3, 2, "SELECT 1 FROM t", null, 2, 3));
    add(Spans.request(Spans.trace(3), 1, "GET /", 0, 900), read(3));

    assertThat(traces()).extracting(ExemplarTrace::id).containsExactly(Spans.trace(2));
  }

  @Test
  void ofTracesThroughTheSamePartsKeepsTheLongest() {
    for (long trace = 1; trace <= 5; trace++) {
      add(Spans.request(Spans.trace(trace), 1, "GET /", 0, trace == 3 ? 90 : 10), read(trace));
    }

    assertThat(traces()).extracting(ExemplarTrace::id).containsExactly(Spans.trace(3));
  }

  @Test
  void keepsOneForEachEndpointTheMostTellingFirst() {
    add(OrderTrace.spans());
    add(Spans.request(Spans.trace(1), 1, "GET /a", 0, 20), read(1));
    add(Spans.request(Spans.trace(2), 1, "GET /b", 0, 30), read(2));

    assertThat(traces())
        .extracting(ExemplarTrace::endpoint)
        .containsExactly("POST /orders", "GET /b", "GET /a");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesTheSameTraceWhateverTheOrderAndTheBatches(long seed) {
    Random random = new Random(seed);
    List<Span> spans = new ArrayList<>(OrderTrace.spans());
    Collections.shuffle(spans, random);
    for (Span span : spans) {
      builder.add(span);
      if (random.nextInt(3) == 0) {
        builder.groupAllTraces();
      }
    }
    builder.groupAllTraces();

    assertThat(traces()).hasSize(1);
    assertThat(traces().get(0).endpoint()).isEqualTo("POST /orders");
    assertThat(traces().get(0).spans())
        .isEqualTo(
            OrderTrace.spans().stream()
                .sorted(Comparator.comparingLong(Span::startNanos))
                .toList());
  }

  @Test
  void aSpanThatWasSentTwiceIsShownOnce() {
    add(OrderTrace.spans());
    add(OrderTrace.spans());

    assertThat(traces().get(0).spans()).hasSize(OrderTrace.spans().size());
    assertThat(traces().get(0).spansOmitted()).isZero();
  }

  @Test
  void keepsASpanWhoseParentNeverCame() {
    add(OrderTrace.spans());
    add(OrderTrace.orphan());

    assertThat(traces()).hasSize(1);
    assertThat(traces().get(0).spans()).contains(OrderTrace.orphan());
  }

  @Test
  void aTraceWhoseRootNeverCameStandsForItsFirstSpan() {
    add(OrderTrace.spans().stream().filter(span -> !span.isRoot()).toList());

    assertThat(traces())
        .extracting(ExemplarTrace::endpoint)
        .containsExactly("insert into orders(account_id, symbol, quantity) values ($1, $2, $3)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTraceThatLinksToAnotherIsShownWithIt(boolean linkingFirst) {
    add(linkingFirst ? OrderTrace.audit() : OrderTrace.spans());
    add(linkingFirst ? OrderTrace.spans() : OrderTrace.audit());

    assertThat(traces()).extracting(ExemplarTrace::id).containsExactly(OrderTrace.ID);
    assertThat(traces().get(0).spans())
        .containsAll(OrderTrace.audit())
        .hasSize(OrderTrace.spans().size() + OrderTrace.audit().size());
  }

  @Test
  void aChainOfTracesIsFollowedThoughTheirOrderIsReversed() {
    for (long trace = 4; trace >= 1; trace--) {
      SpanBuilder consumer =
          new SpanBuilder(Spans.trace(trace), 1, "s" + trace, SpanKind.CONSUMER, "step " + trace);
      add((trace == 1 ? consumer : consumer.link(Spans.trace(trace - 1), 1)).build());
    }

    assertThat(traces()).extracting(ExemplarTrace::endpoint).containsExactly("step 1");
    assertThat(traces().get(0).spans()).hasSize(4);
  }

  @Test
  void tracesThatLinkToEachOtherAreShownOnce() {
    for (long trace = 1; trace <= 2; trace++) {
      TraceId id = Spans.trace(trace);
      add(
          new SpanBuilder(id, 1, "s", SpanKind.CONSUMER, "trace " + trace)
              .link(Spans.trace(3 - trace), 1)
              .link(id, 1)
              .build());
    }

    assertThat(traces()).hasSize(1);
    assertThat(traces().get(0).spans()).hasSize(2);
  }

  @Test
  void ofALargeTraceKeepsTheSpansThatLeadOnAndCountsTheRest() {
    List<Span> spans = new ArrayList<>(OrderTrace.spans());
    for (int i = 0; i < 40_000; i++) {
      spans.add(
          new SpanBuilder(OrderTrace.ID, 1_000 + i, "projector", SpanKind.CLIENT, "SELECT")
              .under(OrderTrace.PROCESS)
              .sql("SELECT " + i)
              .at(30_000, 30_100 + i % 100)
              .build());
    }
    Collections.shuffle(spans, new Random(7));
    add(spans);

    ExemplarTrace trace = traces().get(0);
    assertThat(trace.spans()).hasSize(WorkloadLimits.SPANS_OF_A_TRACE);
    assertThat(trace.spansOmitted()).isEqualTo(spans.size() - WorkloadLimits.SPANS_OF_A_TRACE);
    assertThat(trace.spans())
        .containsAll(OrderTrace.spans().stream().filter(span -> span.call() == null).toList());
    assertThat(builder.build().fragments()).isPositive();
  }

  @Test
  void keepsTheMostTellingTracesOfMoreEndpointsThanAreKept() {
    int endpoints = 10 * WorkloadLimits.TRACES;
    for (int trace = 1; trace <= endpoints; trace++) {
      add(
          Spans.request(Spans.trace(trace), 1, "GET /" + trace, 0, (trace * 37) % 1_000 + 10),
          read(trace));
    }
    add(OrderTrace.spans());

    assertThat(traces()).hasSize(WorkloadLimits.TRACES);
    assertThat(traces().get(0).id()).isEqualTo(OrderTrace.ID);
    long shortest =
        traces().get(WorkloadLimits.TRACES - 1).spans().stream()
            .mapToLong(Span::durationNanos)
            .max()
            .orElseThrow();
    assertThat(shortest).isGreaterThan(900_000_000L);
  }

  @Test
  void aSpanAloneIsNoExample() {
    add(Spans.request(Spans.trace(1), 1, "GET /health", 0, 10));
    add(OrderTrace.orphan());

    assertThat(traces()).isEmpty();
  }

  @Test
  void aTracedCallerGivesItsTraceTheNameOfTheRequestThatItMakes() {
    TraceId id = Spans.trace(1);
    add(
        new SpanBuilder(id, 1, "load", SpanKind.CLIENT, "GET").at(0, 20).build(),
        new SpanBuilder(id, 2, "api", SpanKind.SERVER, "GET /accounts/{id}")
            .under(1)
            .route("GET /accounts/{id}")
            .at(1, 19)
            .build());

    assertThat(traces()).extracting(ExemplarTrace::endpoint).containsExactly("GET /accounts/{id}");
  }

  @Test
  void parentsThatFormALoopLoseNothing() {
    TraceId id = Spans.trace(1);
    add(
        new SpanBuilder(id, 1, "api", SpanKind.INTERNAL, "one").under(2).build(),
        new SpanBuilder(id, 2, "api", SpanKind.INTERNAL, "two").under(1).build());

    assertThat(traces().get(0).spans()).hasSize(2);
  }

  private void add(Span... spans) {
    add(List.of(spans));
  }

  private void add(List<Span> spans) {
    spans.forEach(builder::add);
    builder.groupAllTraces();
  }

  private List<ExemplarTrace> traces() {
    return builder.build().traces();
  }

  private static Span read(long trace) {
    return Spans.read(Spans.trace(trace), 2, 1, "read", 1, 5);
  }
}
