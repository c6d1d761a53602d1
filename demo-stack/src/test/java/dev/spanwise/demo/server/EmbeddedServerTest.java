package dev.spanwise.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aServerThatIsNotReadyInTimeIsEnded() {
    Path output = directory.resolve("output");
    EmbeddedPostgres.Builder unreachable =
        EmbeddedPostgres.builder()
            .setServerConfig("listen_addresses", "")
            .setErrorRedirector(Redirect.appendTo(output.toFile()))
            .setOutputRedirector(Redirect.appendTo(output.toFile()))
            .setPGStartupWait(Duration.ofSeconds(5));

    assertThatThrownBy(
            () -> EmbeddedServer.start(unreachable, directory.resolve("data"), directory))
        .isInstanceOf(IOException.class)
        .satisfies(failure -> assertThat(failure).hasNoSuppressedExceptions());

    assertThat(output)
        .content()
        .contains("database system is ready to accept connections")
        .contains("database system is shut down");
    assertThat(directory.resolve("data").resolve("postmaster.pid")).doesNotExist();
    assertThat(directory.resolve("initial-password")).doesNotExist();
  }
}
