package dev.spanwise.testing.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndOfJvmTest {

  /** Starts servers, prints their ports, closes none, and waits to be ended. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] arguments) throws InterruptedException {
      List<Server> servers = List.of(PostgresServer.embedded(), PostgresServer.installed());
      servers.forEach(server -> System.out.println("port " + server.port()));
      System.out.println("started");
      Thread.sleep(600_000);
    }
  }

  @Test
  void endsTheServersAndDeletesTheirData(@TempDir Path temporary) throws Exception {
    PostgresServer.installed().close(); // Skips the test where it is not installed.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      List<Integer> ports = ports(jvm);
      assertThat(ports).hasSize(2);
      for (int port : ports) {
        connect(port);
      }

      jvm.destroy();
      assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();

      for (int port : ports) {
        assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
      }
    } finally {
      end(jvm);
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("spanwise-"));
    }
  }

  private static List<Integer> ports(Process jvm) {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
    return output
        .lines()
        .takeWhile(line -> !line.equals("started"))
        .filter(line -> line.startsWith("port "))
        .map(line -> Integer.valueOf(line.substring("port ".length())))
        .toList();
  }

  /** Where the test fails: in order first, for its servers would outlive it otherwise. */
  private static void end(Process jvm) throws InterruptedException {
    jvm.destroy();
    if (!jvm.waitFor(30, TimeUnit.SECONDS)) {
      jvm.destroyForcibly();
    }
  }

  private static void connect(int port) throws IOException {
    new Socket(InetAddress.getLoopbackAddress(), port).close();
  }
}
