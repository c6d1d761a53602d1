package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RedisServerTest {

  @ParameterizedTest
  @EnumSource
  void servesAndIsEmptyOnItsPortAfterARestart(Servers servers) throws IOException {
    try (RedisServer server = servers.redis()) {
      String url = server.url();
      assertThat(ask(server, "SET key value")).isEqualTo("+OK");
      assertThat(ask(server, "EXISTS key")).isEqualTo(":1");

      server.stop();
      assertThatThrownBy(() -> ask(server, "PING")).isInstanceOf(IOException.class);
      server.startAgain();

      assertThat(server.url()).isEqualTo(url);
      assertThat(ask(server, "EXISTS key")).isEqualTo(":0");
    }
  }

  private static String ask(RedisServer server, String command) throws IOException {
    try (TextClient client = new TextClient(server)) {
      client.send(command);
      return client.receive();
    }
  }
}
