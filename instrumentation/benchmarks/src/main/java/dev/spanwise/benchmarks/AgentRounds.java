package dev.spanwise.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * Forks {@link AgentReadBenchmark} without the agent, with it, and with the extension, in turns and
 * each round in another order: what drifts meanwhile befalls all three.
 */
final class AgentRounds {
  private final Effort effort;
  private final String databaseUrl;

  AgentRounds(Effort effort, String databaseUrl) {
    this.effort = effort;
    this.databaseUrl = databaseUrl;
  }

  /**
   * Runs them all.
   *
   * @throws IllegalStateException if the agent's spans have the extension's attributes where there
   *     is no extension, or lack them where there is one
   */
  List<RunResult> run() throws RunnerException {
    List<RunResult> results = new ArrayList<>();
    try (SpanSink sink = new SpanSink()) {
      for (int round = 0; round < effort.agentRounds(); round++) {
        List<Agent> order = new ArrayList<>(List.of(Agent.values()));
        Collections.rotate(order, round);
        for (Agent agent : order) {
          results.addAll(run(agent, sink));
        }
      }
    }
    return results;
  }

  private Collection<RunResult> run(Agent agent, SpanSink sink) throws RunnerException {
    List<String> arguments = agent.jvmArguments(sink.endpoint());
    ChainedOptionsBuilder options =
        effort
            .options(databaseUrl, arguments)
            .include(AgentReadBenchmark.class.getName())
            .param("agent", agent.name())
            .forks(1)
            .warmupIterations(effort.agentWarmups());
    Collection<RunResult> results = new Runner(options.build()).run();
    if (sink.sawPid() != (agent == Agent.WITH_EXTENSION)) {
      throw new IllegalStateException("%s: the spans that came belie it".formatted(agent));
    }
    return results;
  }
}
