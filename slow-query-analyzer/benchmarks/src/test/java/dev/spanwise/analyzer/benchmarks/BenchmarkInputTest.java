package dev.spanwise.analyzer.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.ingest.SpanFileReader;
import dev.spanwise.analyzer.input.Rejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both sides of the comparison read the same spans, all of them. */
class BenchmarkInputTest {

  private static final int SPANS = 20 * TraceGenerator.BATCH;

  @Test
  void bothSidesReadEverySpan() throws IOException {
    Grouping grouping = new Grouping();
    List<Rejection> rejections = new ArrayList<>();
    long read =
        new SpanFileReader(grouping, rejections::add).read(new GeneratedStream(SPANS), "generated");
    GeneratedDecode decode = new GeneratedDecode();
    decode.read(new GeneratedStream(SPANS));

    assertThat(rejections).isEmpty();
    assertThat(read).isEqualTo(SPANS);
    assertThat(decode.spans()).isEqualTo(SPANS);
    assertThat(grouping.calls()).isBetween(SPANS / 2L, (long) SPANS);
    assertThat(grouping.groups()).isGreaterThan(100);
  }
}
