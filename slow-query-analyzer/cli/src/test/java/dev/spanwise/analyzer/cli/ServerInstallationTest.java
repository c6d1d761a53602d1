package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.demo.server.InstalledServers.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerInstallationTest {

  @Test
  void installsWhatIsMissingAsRootOrBySudo() {
    assertThat(ServerInstallation.of(List.of(Kind.NATS, Kind.POSTGRESQL), true))
        .hasToString(
            "env DEBIAN_FRONTEND=noninteractive apt-get --yes update && "
                + "env DEBIAN_FRONTEND=noninteractive apt-get --yes install --no-install-recommends nats-server postgresql-15");
    assertThat(ServerInstallation.of(List.of(Kind.REDIS), false))
        .hasToString(
            "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get --yes update && "
                + "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get --yes install --no-install-recommends redis-server");
  }

  @Test
  void saysHowToEndTheServicesThatDebianStarts() {
    assertThat(ServerInstallation.services(List.of(Kind.NATS, Kind.POSTGRESQL)))
        .endsWith("to end that: sudo systemctl disable --now nats-server postgresql");
  }

  @Test
  void saysWhichCommandFailedAndWhyAndRunsNoOther(@TempDir Path directory) {
    Path later = directory.resolve("later");
    ServerInstallation refused =
        new ServerInstallation(
            List.of(
                List.of("sh", "-c", "echo E: no such package; exit 100"),
                List.of("touch", later.toString())));

    assertThatThrownBy(refused::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exit 100 failed: E: no such package");
    assertThat(later).doesNotExist();
  }

  @Test
  void saysThatItCannotRunHere() {
    assertThatThrownBy(new ServerInstallation(List.of(List.of("no-such-apt-get")))::run)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such-apt-get cannot be run here");
  }
}
