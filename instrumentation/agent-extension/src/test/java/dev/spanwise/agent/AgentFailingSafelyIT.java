package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.Exported;
import dev.spanwise.testing.contract.FailingSafelyContract;
import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.ReadApplication;
import dev.spanwise.testing.contract.application.StreamApplication;
import dev.spanwise.testing.server.NatsServer;
import dev.spanwise.testing.server.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentFailingSafelyIT extends FailingSafelyContract {

  @Override
  protected Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    return new AgentProcess(Agent.NEWEST).run(application, settings);
  }

  @Test
  void aCollectorThatRefusesConnectionsIsNoneOfTheApplicationsBusiness() throws Exception {
    AgentProcess process =
        new AgentProcess(Agent.NEWEST)
            .with("otel.exporter.otlp.endpoint", "http://127.0.0.1:" + closedPort())
            // How long the end of the process waits for one more try; by default it is 5 s.
            .with("otel.exporter.otlp.timeout", "1000");
    try (PostgresServer database = PostgresServer.embedded();
        NatsServer broker = NatsServer.start()) {
      Exported reads = process.run(ReadApplication.class, Map.of("jdbc.url", database.jdbcUrl()));
      Exported stream = process.run(StreamApplication.class, Map.of("nats.url", broker.url()));

      assertThat(reads.output()).containsEntry("watchlist", "200").containsEntry("health", "200");
      assertThat(stream.output()).containsEntry("done", "true");
      assertThat(reads.spans()).isEmpty();
      assertThat(reads.log()).anyMatch(line -> line.contains("Failed to export"));
    }
  }

  private static int closedPort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
