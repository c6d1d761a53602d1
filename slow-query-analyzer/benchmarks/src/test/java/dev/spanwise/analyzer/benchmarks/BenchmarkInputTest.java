package dev.spanwise.analyzer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.ingest.SpanFileReader;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import dev.spanwise.analyzer.workload.WorkloadLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both sides of the comparison read the same spans, all of them. */
class BenchmarkInputTest {

  private static final int SPANS = 20 * TraceGenerator.BATCH;

  @Test
  void bothSidesReadEverySpan() throws IOException {
    WorkloadBuilder builder = new WorkloadBuilder(Duration.ofMillis(100));
    List<Rejection> rejections = new ArrayList<>();
    long read =
        new SpanFileReader(builder::add, rejections::add)
            .read(new GeneratedStream(SPANS), "generated");
    GeneratedDecode decode = new GeneratedDecode();
    decode.read(new GeneratedStream(SPANS));

    assertThat(rejections).isEmpty();
    assertThat(read).isEqualTo(SPANS);
    assertThat(decode.spans()).isEqualTo(SPANS);
    builder.groupAllTraces();
    Workload workload = builder.build();
    assertThat(workload.queries().stream().mapToLong(Query::calls).sum())
        .isBetween(SPANS / 2L, (long) SPANS);
    assertThat(workload.queries()).hasSizeGreaterThan(100);
    assertThat(workload.traces())
        .hasSize(WorkloadLimits.TRACES)
        .allMatch(trace -> trace.spans().size() <= WorkloadLimits.SPANS_OF_A_TRACE)
        .anyMatch(
            trace -> trace.spans().stream().anyMatch(span -> !span.traceId().equals(trace.id())));
  }
}
