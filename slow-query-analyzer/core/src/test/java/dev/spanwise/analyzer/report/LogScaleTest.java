package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.spanwise.analyzer.report.LogScale.Bar;
import dev.spanwise.analyzer.report.LogScale.Chart;
import dev.spanwise.analyzer.report.LogScale.Tick;
import dev.spanwise.analyzer.report.LogScale.Value;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogScaleTest {

  @Test
  void givesEachDecadeTheSameLength() {
    Chart chart =
        LogScale.of(Stream.of(2.0, 1_000.0))
            .chart(List.of(new Value("a", 10.0, false), new Value("b", 100.0, false)));

    assertThat(chart.bars()).extracting(Bar::width).containsExactly(66.7, 133.3);
    assertThat(chart.ticks())
        .extracting(Tick::label)
        .containsExactly("1 ms", "10 ms", "100 ms", "1 s");
  }

  @Test
  void drawsNoBarForWhatWasNotMeasured() {
    LogScale scale = LogScale.of(Stream.of(null, Double.NaN, 0.0, 5.0));

    assertThat(scale.chart(List.of(new Value("a", null, false), new Value("b", 0.0, false))).bars())
        .extracting(Bar::width, Bar::text)
        .containsExactly(tuple(0.0, "–"), tuple(0.0, "0 ms"));
  }

  @Test
  void thinsTheLabelsOfALongAxis() {
    Chart chart = LogScale.of(Stream.of(1e-9, 1e9)).chart(List.of(new Value("a", 1e-9, false)));

    assertThat(chart.bars()).extracting(Bar::width).allMatch(width -> width > 0);
    assertThat(chart.ticks())
        .extracting(Tick::label)
        .containsExactly("", "0.1 ms", "100 ms", "100 s", "100000 s");
  }
}
