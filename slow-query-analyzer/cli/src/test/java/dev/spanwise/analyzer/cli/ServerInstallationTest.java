package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.demo.server.InstalledServers.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerInstallationTest {

  @Test
  void installsWhatIsMissingAsRootOrBySudo() {
    assertThat(ServerInstallation.of(List.of(Kind.NATS, Kind.POSTGRESQL), true))
        .hasToString("apt-get install --yes --no-install-recommends nats-server postgresql-15");
    assertThat(ServerInstallation.of(List.of(Kind.REDIS), false))
        .hasToString("sudo -n apt-get install --yes --no-install-recommends redis-server");
  }

  @Test
  void saysWhichCommandFailedAndWhy() {
    ServerInstallation refused =
        new ServerInstallation(List.of("sh", "-c", "echo E: no such package; exit 100"));

    assertThatThrownBy(refused::run)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("exit 100 failed: E: no such package");
  }

  @Test
  void saysThatItCannotRunHere() {
    assertThatThrownBy(new ServerInstallation(List.of("no-such-apt-get"))::run)
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no-such-apt-get cannot be run here");
  }
}
