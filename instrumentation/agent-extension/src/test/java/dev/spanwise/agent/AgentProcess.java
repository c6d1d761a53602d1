package dev.spanwise.agent;

import static java.util.stream.Collectors.joining;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.otlp.OtlpCollector;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs an application in a JVM of its own, with an agent and the extension and nothing else of
 * ours.
 */
final class AgentProcess {
  private static final long TIMEOUT_SECONDS = 300;

  private final Agent agent;
  private final Map<String, String> properties = new HashMap<>();
  private @Nullable String olderClient;

  AgentProcess(Agent agent) {
    this.agent = agent;
    properties.put("otel.exporter.otlp.protocol", "http/protobuf");
    properties.put("otel.logs.exporter", "none");
    properties.put("otel.semconv-stability.opt-in", "database");
  }

  AgentProcess with(String property, String value) {
    properties.put(property, value);
    return this;
  }

  /**
   * Takes this jar of {@code target/older-clients} in place of the newest of the same library; null
   * for the newest.
   */
  AgentProcess olderClient(@Nullable String jar) {
    olderClient =
        jar == null ? null : Path.of(System.getProperty("spanwise.older-clients"), jar).toString();
    return this;
  }

  Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("agent-process", ".log");
    try (OtlpCollector collector = OtlpCollector.start()) {
      ProcessBuilder builder =
          new ProcessBuilder(command(application, settings))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
      Process process = builder.start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("the application did not end:\n" + Files.readString(log));
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            "the application ended with " + process.exitValue() + ":\n" + Files.readString(log));
      }
      return Exported.of(collector.received(), Files.readAllLines(log));
    } finally {
      Files.delete(log);
    }
  }

  private List<String> command(
      Class<? extends Application> application, Map<String, String> settings) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    // It ends before the better code would pay: half the processor time.
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-javaagent:" + agent.jar());
    command.add("-Dotel.javaagent.extensions=" + System.getProperty("spanwise.extension"));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-cp");
    command.add(classPath());
    command.add(Application.class.getName());
    command.add(application.getName());
    settings.forEach((name, value) -> command.add(name + "=" + value));
    return command;
  }

  /** The tests' own, without what an ordinary application would not have. */
  private String classPath() {
    Stream<String> ours =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(
                entry ->
                    !entry.matches(
                        ".*(opentelemetry|byte-buddy|spanwise-library|spanwise-agent).*"))
            .filter(entry -> !entry.matches(".*/(library|agent-extension)/target/.*"));
    return Stream.concat(Stream.ofNullable(olderClient), ours).collect(joining(File.pathSeparator));
  }
}
