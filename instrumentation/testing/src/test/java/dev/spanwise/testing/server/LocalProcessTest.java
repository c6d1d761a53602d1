package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LocalProcessTest {

  @Test
  void takesAnotherPortWhereTheFirstWasLost() throws IOException {
    String redis = InstalledProgram.require("redis-server", "redis-server").toString();
    List<Integer> tried = new ArrayList<>();
    try (ServerSocket someoneElses = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        LocalProcess process =
            start(
                port -> {
                  tried.add(tried.isEmpty() ? someoneElses.getLocalPort() : port);
                  return List.of(
                      redis,
                      "--bind",
                      "127.0.0.1",
                      "--port",
                      String.valueOf(tried.get(tried.size() - 1)));
                },
                "Ready to accept connections")) {
      assertThat(tried).hasSize(2);
      assertThat(process.port()).isEqualTo(tried.get(1));
    }
  }

  @Test
  void saysTheExitCodeAndTheEndOfTheOutputOfAProgramThatEnds() {
    assertThatThrownBy(
            () -> start(port -> shell("seq 1 30; echo no such option >&2; exit 3"), "ready"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("(?s)program on 127.0.0.1:\\d+ ended with exit code 3; .*")
        .hasMessageContaining("\n30\nno such option")
        .hasMessageNotContaining("\n11\n");
  }

  @Test
  void killsWhatDoesNotHeedItsSignal() {
    LocalProcess process = start(port -> shell("trap '' TERM; echo ready; read -r end"), "ready");
    List<ProcessHandle> shells = ProcessHandle.current().children().toList();
    assertThat(shells).isNotEmpty();

    process.close();

    assertThat(shells).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void deletesItsDirectory() {
    Path directory = Account.OWN.newDirectory("test");
    LocalProcess process =
        new LocalProcess(
            program(port -> shell("mkdir -p a/b; echo ready; exec cat"), "ready"), directory);
    assertThat(directory.resolve("a/b")).isDirectory();

    process.close();

    assertThat(directory).doesNotExist();
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  private static LocalProcess start(IntFunction<List<String>> command, String readyText) {
    return new LocalProcess(program(command, readyText), Account.OWN.newDirectory("test"));
  }

  private static LocalProgram program(IntFunction<List<String>> command, String readyText) {
    return new LocalProgram("program", Account.OWN, command, readyText, "TERM");
  }
}
