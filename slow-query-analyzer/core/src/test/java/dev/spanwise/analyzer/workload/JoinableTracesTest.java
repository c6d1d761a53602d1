package dev.spanwise.analyzer.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.trace.SpanBuilder;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.Spans;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JoinableTracesTest {

  private final JoinableTraces traces = new JoinableTraces();

  @Test
  void theOldestGiveWayButNotThoseInUse() {
    TracePiece used = piece(1, 0);
    traces.add(used);
    int pieces = 20 * WorkloadLimits.JOINABLE_SPANS;
    for (long i = 2; i <= pieces; i++) {
      traces.add(piece(i, i - 1));
      if (traces.isFull()) {
        traces.shrink(Set.of(used));
      }
    }

    assertThat(traces.get(Spans.trace(1))).isSameAs(used);
    assertThat(traces.get(Spans.trace(2))).isNull();
    assertThat(traces.get(Spans.trace(pieces))).isNotNull();
    long held = 0;
    for (long i = 1; i <= pieces; i++) {
      held += traces.get(Spans.trace(i)) == null ? 0 : 1;
    }
    assertThat(held).isBetween(1_000L, WorkloadLimits.JOINABLE_SPANS + 1L);
  }

  @Test
  void aTraceThatIsTakenOutFollowsNoLonger() {
    TracePiece first = piece(1, 0);
    TracePiece second = piece(2, 1);
    traces.add(first);
    traces.add(second);
    assertThat(traces.withFollowers(first).pieces()).containsExactly(first, second);

    traces.remove(second);
    assertThat(traces.withFollowers(first).pieces()).containsExactly(first);
  }

  @Test
  void ofManyFollowersTakesSomeAndCountsTheRest() {
    TracePiece first = piece(1, 0);
    traces.add(first);
    for (long i = 2; i <= 1_001; i++) {
      traces.add(piece(i, 1));
    }

    JoinableTraces.Joined joined = traces.withFollowers(first);
    assertThat(joined.pieces()).hasSize(2 * WorkloadLimits.SPANS_OF_A_TRACE);
    assertThat(joined.spansOmitted()).isEqualTo(1_001 - 2L * WorkloadLimits.SPANS_OF_A_TRACE);
  }

  private static TracePiece piece(long trace, long linked) {
    TracePiece piece = new TracePiece(Spans.trace(trace));
    SpanBuilder span =
        new SpanBuilder(Spans.trace(trace), 1, "service", SpanKind.CONSUMER, "process");
    piece.add(List.of((linked == 0 ? span : span.link(Spans.trace(linked), 1)).build()));
    return piece;
  }
}
