package dev.spanwise.analyzer.benchmarks.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.spanwise.analyzer.link.Confidence;
import dev.spanwise.analyzer.link.Doubt;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.LinkMethod;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.analyzer.workload.SlowSpan;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TallyTest {

  private static final Shape SHAPE = Shape.POINT_READ;

  @Test
  void spansWithoutAPlanInTheLogStandBesideTheOthers() {
    Tally tally = Tally.of(links(ambiguous(1), ambiguous(3)), Map.of(), Set.of(1L, 2L));
    assertThat(tally.row("pid", 1))
        .isEqualTo("| pid | 0.00 % | 0.00 % | 0 | 1 | 1 | 1 |  | 1.0 µs |");
  }

  @Test
  void moreLinksThanSpansAreAnError() {
    Tally tally = Tally.of(links(ambiguous(1), ambiguous(1)), Map.of(), Set.of(1L));
    assertThatIllegalStateException().isThrownBy(() -> tally.row("pid", 1));
  }

  private static Links links(Link... links) {
    return new Links(List.of(links), 0, 0, true, Set.of(), List.of(), null);
  }

  private static Link ambiguous(long id) {
    Statement statement = Statement.of(SHAPE.sql());
    SlowSpan span =
        new SlowSpan(
            new QueryKey(statement.fingerprint(), "api", null, null),
            new Call(id, 7, SHAPE, 0, 1).span(statement, true));
    return new Link(
        span,
        LinkMethod.BACKEND_PID,
        Confidence.AMBIGUOUS,
        null,
        null,
        null,
        0,
        0,
        List.of(),
        Doubt.SEVERAL_SPANS);
  }
}
