package dev.spanwise.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file for {@code otel.config.file} that names a read {@code watchlist}.
 *
 * @param pattern in YAML
 */
record ConfigurationFile(String format, String pattern) {

  /** Writes it, until the end of this JVM. */
  AgentProcess givenTo(Agent agent) throws IOException {
    Path file = Files.createTempFile("otel", ".yaml");
    file.toFile().deleteOnExit();
    Files.writeString(
        file,
        """
        file_format: "%s"
        propagator:
          composite:
            - tracecontext:
        tracer_provider:
          processors:
            - spanwise:
                reads:
                  watchlist: %s
            - batch:
                exporter:
                  otlp_http:
                    endpoint: ${OTEL_EXPORTER_OTLP_ENDPOINT}/v1/traces
        """
            .formatted(format, pattern));
    return new AgentProcess(agent)
        .with(
            agent == Agent.NEWEST ? "otel.config.file" : "otel.experimental.config.file",
            file.toString());
  }
}
