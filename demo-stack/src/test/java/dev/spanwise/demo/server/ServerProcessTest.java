package dev.spanwise.demo.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

  @Test
  void quotesALogThatIsNotUtf8(@TempDir Path directory) {
    List<String> command = List.of("sh", "-c", "printf 'caf\\351 ferm\\351'; exit 3");

    assertThatThrownBy(
            () -> ServerProcess.run("server", command, Map.of(), directory.resolve("log")))
        .isInstanceOf(IOException.class)
        .hasMessage("server ended with 3: caf\ufffd ferm\ufffd");
  }
}
