package dev.spanwise.benchmarks;

import dev.spanwise.benchmarks.Measurements.Measurement;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Results as docs/benchmarks.md has them; what was not run is left out. */
final class ResultTables {
  private static final double MAX_UNSAMPLED = 1.0 / 3;
  private static final double MAX_OF_AGENT = 0.03;

  private final Measurements measurements;
  private final StringBuilder text = new StringBuilder();

  private ResultTables(Measurements measurements) {
    this.measurements = measurements;
  }

  static String of(Measurements measurements) {
    ResultTables tables = new ResultTables(measurements);
    tables.peers("a driver that does nothing", "StubReadBenchmark.read");
    tables.peers("PostgreSQL", "PostgresqlReadBenchmark.read");
    tables.targets();
    tables.agents();
    tables.parts();
    return tables.text.toString();
  }

  private void peers(String driver, String benchmark) {
    Measurement bare = measurements.get(benchmark + "[NOTHING]");
    if (bare == null) {
      return;
    }
    line("\n| point read of %s | time | allocation | added |", driver);
    line("|---|---|---|---|");
    for (Instrumentation instrumentation : Instrumentation.values()) {
      Measurement measured = measurements.get(benchmark + "[" + instrumentation + "]");
      if (measured != null) {
        line("| %s | %s | %s |", instrumentation.label(), cost(measured), added(bare, measured));
      }
    }
  }

  private void targets() {
    line("\n| benchmark | baseline | ours | difference | target | met |");
    line("|---|---|---|---|---|---|");
    String read = "NamedReadBenchmark.";
    target("named read, sampled", read + "byHand[true]", read + "namedRead[true]", 300, 400.0);
    unsampled(read + "namedRead[true]", read + "namedRead[false]");
    String pid = "BackendPidBenchmark.";
    target("pid, execute", pid + "executeWithConstants", pid + "executeWrapped", 50, 0.0);
    target(
        "pid, prepare and execute",
        pid + "prepareAndExecuteWithConstants",
        pid + "prepareAndExecuteWrapped",
        50,
        0.0);
    String jetStream = "JetStreamBenchmark.";
    target("JetStream process", jetStream + "processByHand", jetStream + "process", 1_000, null);
    target("JetStream publish", jetStream + "publishByHand", jetStream + "publish", 1_000, null);
  }

  private void target(
      String name, String baseline, String ours, double maxNanos, @Nullable Double maxBytes) {
    Measurement before = measurements.get(baseline);
    Measurement after = measurements.get(ours);
    if (before == null || after == null) {
      return;
    }
    boolean met =
        after.nanos() - before.nanos() <= maxNanos
            && (maxBytes == null || Math.round(after.bytes() - before.bytes()) <= maxBytes);
    line(
        "| %s | %s, %s | %s, %s | %s | %s%s | %s |",
        name,
        nanos(before.nanos()),
        bytes(before.bytes()),
        nanos(after.nanos()),
        bytes(after.bytes()),
        added(before, after),
        nanos(maxNanos),
        maxBytes == null ? "" : ", " + bytes(maxBytes),
        met(met));
  }

  private void unsampled(String sampledName, String unsampledName) {
    Measurement sampled = measurements.get(sampledName);
    Measurement unsampled = measurements.get(unsampledName);
    if (sampled != null && unsampled != null) {
      double ratio = unsampled.nanos() / sampled.nanos();
      line(
          "| named read, not sampled | sampled: %s | %s, %s | %.2f of it | 0.33 of it | %s |",
          nanos(sampled.nanos()),
          nanos(unsampled.nanos()),
          bytes(unsampled.bytes()),
          ratio,
          met(ratio <= MAX_UNSAMPLED));
    }
  }

  private void agents() {
    Measurement none = agent(Agent.NOTHING);
    Measurement agent = agent(Agent.OPENTELEMETRY);
    Measurement extension = agent(Agent.WITH_EXTENSION);
    if (none == null || agent == null || extension == null) {
      return;
    }
    line(
        "\n| point read of PostgreSQL | median | fastest | processor time, fastest | allocation |");
    line("|---|---|---|---|---|");
    agent("no agent", none);
    agent("OpenTelemetry's agent", agent);
    agent("with the extension", extension);
    double ofRead = extension.fastestNanos() / agent.fastestNanos() - 1;
    line(
        "| the extension adds | %+.1f %% | %+.1f %% | %s | %s |",
        100 * (extension.nanos() / agent.nanos() - 1),
        100 * ofRead,
        processorShare(none, agent, extension),
        bytes(extension.bytes() - agent.bytes()));
    // Another process can slow an iteration down, and nothing speeds one up.
    line(
        "\nAt most 3 %% of a point read under the agent, in the fastest iterations: %s.",
        met(ofRead <= MAX_OF_AGENT));
  }

  private @Nullable Measurement agent(Agent agent) {
    return measurements.get("AgentReadBenchmark.read[" + agent + "]");
  }

  private void agent(String name, Measurement measured) {
    Double processor = measured.processorNanos();
    line(
        "| %s | %s | %s | %s | %s |",
        name,
        nanos(measured.nanos()),
        nanos(measured.fastestNanos()),
        processor == null ? "" : nanos(processor),
        bytes(measured.bytes()));
  }

  private static String processorShare(Measurement none, Measurement agent, Measurement extension) {
    Double bare = none.processorNanos();
    Double before = agent.processorNanos();
    Double after = extension.processorNanos();
    return bare == null || before == null || after == null
        ? ""
        : format(
            "%+.1f %%, and %+.1f %% of what the agent adds",
            100 * (after / before - 1), 100 * (after - before) / (before - bare));
  }

  private void parts() {
    if (measurements.get("ReadPartsBenchmark." + ReadPartsBenchmark.PARTS.get(0)) == null) {
      return;
    }
    line("\n| part of a named read that is not sampled | cost |");
    line("|---|---|");
    for (String part : ReadPartsBenchmark.PARTS) {
      Measurement measured = measurements.get("ReadPartsBenchmark." + part);
      if (measured != null) {
        line("| %s | %s, %s |", part, nanos(measured.nanos()), bytes(measured.bytes()));
      }
    }
  }

  private static String cost(Measurement measured) {
    return nanos(measured.nanos()) + " | " + bytes(measured.bytes());
  }

  private static String added(Measurement before, Measurement after) {
    return format(
        "%+,.0f ns, %+,d B",
        after.nanos() - before.nanos(), Math.round(after.bytes() - before.bytes()));
  }

  private static String nanos(double nanos) {
    return format(Math.abs(nanos) < 10 ? "%.1f ns" : "%,.0f ns", nanos);
  }

  private static String bytes(double bytes) {
    return format("%,d B", Math.round(bytes));
  }

  private static String met(boolean met) {
    return met ? "yes" : "no";
  }

  private void line(String format, Object... values) {
    text.append(format(format, values)).append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
