package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.Logged;
import dev.spanwise.analyzer.plan.Plan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** An entry of auto_explain, recorded by {@code src/test/record-rule-fixtures}. */
record RecordedExecution(double durationMs, Plan plan) {

  /** The entry of {@code resources/rules/<rule>/<name>.log}. */
  static RecordedExecution of(String rule, String name) {
    String resource = "/rules/" + rule + "/" + name + ".log";
    try (InputStream stream = RecordedExecution.class.getResourceAsStream(resource)) {
      String entry =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
      int line = entry.indexOf('\n');
      String duration = entry.substring("duration: ".length(), entry.indexOf(" ms"));
      return new RecordedExecution(
          Double.parseDouble(duration), RulePlans.read(entry.substring(line)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A scan that a test makes up, to sit on either side of a bound. */
  static RecordedExecution scan(long rows, double durationMs, double scanMs) {
    return new RecordedExecution(
        durationMs,
        RulePlans.read(
            String.format(
                Locale.ROOT,
                """
                Seq Scan on public.trades  (cost=0.00..10.00 rows=1 width=4) (actual time=0.010..%.3f rows=%d loops=1)
                """,
                scanMs,
                rows)));
  }

  double rootMs() {
    return Objects.requireNonNull(Objects.requireNonNull(plan.root().actual()).totalMs());
  }

  ExecutedPlan executedPlan() {
    return new ExecutedPlan(
        new Logged("log", "1", 7, 0, 1_000_000, null, null, null), (long) (durationMs * 1e6), plan);
  }
}
