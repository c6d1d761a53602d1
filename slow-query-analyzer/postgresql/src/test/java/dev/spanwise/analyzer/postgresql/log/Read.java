package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What came of reading a log. */
final class Read {

  static final String PLAN =
      """
      \t{
      \t  "Query Text": "SELECT 1",
      \t  "Plan": {"Node Type": "Result", "Parallel Aware": false, "Async Capable": false,
      \t    "Startup Cost": 0.00, "Total Cost": 0.01, "Plan Rows": 1, "Plan Width": 4}
      \t}
      """;

  final List<ServerEvent> events = new CopyOnWriteArrayList<>();
  final List<ExecutedPlan> plans = new CopyOnWriteArrayList<>();
  final List<Rejection> rejections = new CopyOnWriteArrayList<>();

  static Read file(Path log, ServerLogOptions options) throws IOException {
    try (InputStream input = Files.newInputStream(log)) {
      return stream(input, options);
    }
  }

  static Read text(String log) throws IOException {
    return bytes(log.getBytes(StandardCharsets.UTF_8));
  }

  static Read bytes(byte[] log) throws IOException {
    return stream(new ByteArrayInputStream(log), ServerLogOptions.DEFAULTS);
  }

  static Read stream(InputStream input, ServerLogOptions options) throws IOException {
    Read read = new Read();
    ServerLogReader.read(input, "test.log", options, read::add, read.rejections::add);
    return read;
  }

  void add(ServerEvent event) {
    events.add(event);
    if (event instanceof ExecutedPlan plan) {
      plans.add(plan);
    }
  }

  /** The only event, which is of {@code type}. */
  <T extends ServerEvent> T only(Class<T> type) {
    assertThat(rejections).isEmpty();
    assertThat(events).singleElement().isInstanceOf(type);
    return type.cast(events.get(0));
  }

  void assertOnlyPlans(int count) {
    assertThat(rejections).isEmpty();
    assertThat(plans).hasSize(count).hasSameSizeAs(events);
  }

  /** An entry of auto_explain under the default prefix. */
  static String entry(String time, int pid) {
    return head(time, pid) + PLAN;
  }

  static String head(String time, int pid) {
    return time + " [" + pid + "] LOG:  duration: 12.345 ms  plan:\n";
  }
}
