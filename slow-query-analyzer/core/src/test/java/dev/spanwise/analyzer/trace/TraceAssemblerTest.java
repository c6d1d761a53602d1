package dev.spanwise.analyzer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceAssemblerTest {

  private final List<Trace> released = new ArrayList<>();

  @Test
  void keepsATraceTogetherThoughOthersComeBetween() {
    TraceAssembler assembler = new TraceAssembler(100, released::add);
    assembler.add(span(1, 1));
    assembler.add(span(2, 2));
    assembler.add(span(1, 3));
    assembler.releaseAll();
    assertThat(released).extracting(trace -> trace.spans().size()).containsExactlyInAnyOrder(2, 1);
    assertThat(released).noneMatch(Trace::fragment);
  }

  @Test
  void releasesTheTraceTouchedLeastRecentlyWhenFull() {
    TraceAssembler assembler = new TraceAssembler(8, released::add);
    for (long trace = 1; trace <= 8; trace++) {
      assembler.add(span(trace, trace));
    }
    assertThat(released).isEmpty();
    assembler.add(span(9, 9));
    assertThat(released).extracting(Trace::id).containsExactly(Spans.trace(1));
  }

  @Test
  void aTraceTooLargeToHoldComesInFragmentsAndIsCounted() {
    TraceAssembler assembler = new TraceAssembler(40, released::add);
    for (long span = 1; span <= 25; span++) {
      assembler.add(span(1, span));
    }
    assembler.releaseAll();
    assertThat(released).extracting(trace -> trace.spans().size()).containsExactly(10, 10, 5);
    assertThat(assembler.fragments()).isEqualTo(2);
  }

  @Test
  void releasesIdleTracesOnlyAfterAWholeTurnWithoutASpan() {
    TraceAssembler assembler = new TraceAssembler(100, released::add);
    assembler.add(span(1, 1));
    assembler.releaseIdle();
    assertThat(released).isEmpty();
    assembler.add(span(2, 2));
    assembler.releaseIdle();
    assertThat(released).extracting(Trace::id).containsExactly(Spans.trace(1));
  }

  @Test
  void neverHoldsMoreThanItsCapacityHoweverManySpansCome() {
    TraceAssembler assembler = new TraceAssembler(50, released::add);
    int added = 10_000;
    for (int i = 0; i < added; i++) {
      assembler.add(span(i % 997, i + 1));
    }
    long out = released.stream().mapToLong(trace -> trace.spans().size()).sum();
    assertThat(added - out).isLessThanOrEqualTo(50);
    assembler.releaseAll();
    assertThat(released.stream().mapToLong(trace -> trace.spans().size()).sum()).isEqualTo(added);
  }

  private static Span span(long trace, long id) {
    return Spans.request(Spans.trace(trace), id, "GET /", 0, 1);
  }
}
