package dev.spanwise.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a JVM is started with. */
public enum Agent {
  NOTHING,
  /** OpenTelemetry's Java agent. */
  OPENTELEMETRY,
  /** The same agent with our extension. */
  WITH_EXTENSION;

  /** Where the build puts {@code opentelemetry-javaagent.jar} and {@code extension.jar}. */
  static final String DIRECTORY_PROPERTY = "spanwise.benchmarks.agent";

  /**
   * The arguments that make it so.
   *
   * @param endpoint where the agent exports its spans to, as OTLP over HTTP
   * @throws IllegalStateException if a jar is not there
   */
  List<String> jvmArguments(String endpoint) {
    List<String> arguments = new ArrayList<>();
    if (this != NOTHING) {
      arguments.add("-javaagent:" + jar("opentelemetry-javaagent.jar"));
      arguments.add("-Dotel.exporter.otlp.endpoint=" + endpoint);
      arguments.add("-Dotel.exporter.otlp.protocol=http/protobuf");
      arguments.add("-Dotel.metrics.exporter=none");
      arguments.add("-Dotel.logs.exporter=none");
    }
    if (this == WITH_EXTENSION) {
      arguments.add("-Dotel.javaagent.extensions=" + jar("extension.jar"));
    }
    return arguments;
  }

  private static Path jar(String name) {
    String directory = System.getProperty(DIRECTORY_PROPERTY);
    Path jar = (directory == null ? ofThisBuild() : Path.of(directory)).resolve(name);
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException(
          "%s is not there: package the module, or set -D%s".formatted(jar, DIRECTORY_PROPERTY));
    }
    return jar;
  }

  private static Path ofThisBuild() {
    return Path.of(Agent.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .resolveSibling("agent");
  }
}
