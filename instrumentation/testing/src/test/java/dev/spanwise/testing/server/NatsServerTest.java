package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NatsServerTest {

  @ParameterizedTest
  @EnumSource
  void keepsItsStreamsAndItsPortOverARestart(Servers servers) throws IOException {
    try (NatsServer server = servers.nats()) {
      String url = server.url();
      assertThat(ask(server, "STREAM.CREATE.ORDERS", "{\"name\":\"ORDERS\"}"))
          .contains("\"name\":\"ORDERS\"")
          .doesNotContain("\"error\"");

      server.stop();
      assertThatThrownBy(() -> ask(server, "STREAM.NAMES", "")).isInstanceOf(IOException.class);
      server.startAgain();

      assertThat(server.url()).isEqualTo(url);
      assertThat(ask(server, "STREAM.NAMES", "")).contains("\"streams\":[\"ORDERS\"]");
    }
  }

  /** A request to JetStream's API, by the protocol's own lines. */
  private static String ask(NatsServer server, String subject, String body) throws IOException {
    try (TextClient client = new TextClient(server)) {
      assertThat(client.receive()).startsWith("INFO ").contains("\"jetstream\":true");
      client.send(
          "CONNECT {\"verbose\":false}",
          "SUB answers 1",
          "PUB $JS.API.%s answers %d".formatted(subject, body.length()),
          body);
      String line = client.receive();
      while (!line.startsWith("MSG answers ")) {
        line = client.receive();
      }
      return client.receive();
    }
  }
}
