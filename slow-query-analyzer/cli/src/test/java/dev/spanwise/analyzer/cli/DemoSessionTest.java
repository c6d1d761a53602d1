package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.spanwise.demo.server.InstalledServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSessionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path parent = Path.of("");
  @TempDir private Path programs = Path.of("");
  private final Set<ProcessHandle> othersProcesses = processes();

  /** As a temporary directory of the system does, for a PostgreSQL that does not run as root. */
  @BeforeEach
  void letOthersThrough() throws IOException {
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
  }

  @Test
  void everyServerThatItStartedEndsAndNothingIsLeft() throws Exception {
    InstalledServers servers = InstalledServers.find();
    assumeTrue(servers.missing().isEmpty(), () -> "not installed: " + servers.missing());
    DemoSession session = start();
    session.startTrading(servers);
    String jdbcUrl = databaseOf(session);
    DriverManager.getConnection(jdbcUrl).close();
    Set<ProcessHandle> started = processes();
    started.removeAll(othersProcesses);
    assertThat(started)
        .as("Redis, NATS, the ledger and its replica")
        .hasSizeGreaterThanOrEqualTo(4);
    assertThat(parent).isDirectoryContaining("glob:**/spanwise-demo*");

    session.close();

    assertEnded(started);
    assertNobodyIsIn(jdbcUrl);
    assertThat(parent).isEmptyDirectory();
    session.close();
  }

  @Test
  void whatHadStartedEndsAfterAPartThatDoesNotStart() throws Exception {
    Path broken = programs.resolve("nats-server");
    Files.writeString(broken, "#!/bin/sh\necho 'no such option'\nexit 1\n");
    Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwx------"));
    InstalledServers found = InstalledServers.find();
    DemoSession session = start();
    String jdbcUrl = databaseOf(session);

    assertThatThrownBy(
            () ->
                session.startTrading(new InstalledServers(broken, found.redis(), found.postgres())))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("nats-server ended with 1: no such option");

    Set<ProcessHandle> left = processes();
    left.removeAll(othersProcesses);
    assertEnded(left);
    DriverManager.getConnection(jdbcUrl).close();
    session.close();
    assertNobodyIsIn(jdbcUrl);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void nothingStartsInASessionThatWasClosed() throws Exception {
    DemoSession session = start();
    session.close();

    assertThatThrownBy(() -> session.startTrading(InstalledServers.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the demo was stopped");
    assertThat(parent).isEmptyDirectory();
  }

  private DemoSession start() throws IOException {
    return DemoSession.start(
        parent, Duration.ofMillis(50), new DemoSteps(new PrintWriter(new StringWriter())));
  }

  /** What it tells people who keep it. */
  private static String databaseOf(DemoSession session) {
    StringWriter said = new StringWriter();
    session.keep(new PrintWriter(said));
    String label = "PostgreSQL: ";
    return said.toString()
        .lines()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()))
        .findFirst()
        .orElseThrow();
  }

  private static void assertNobodyIsIn(String jdbcUrl) {
    assertThatThrownBy(() -> DriverManager.getConnection(jdbcUrl))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("refused");
  }

  private static void assertEnded(Set<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static Set<ProcessHandle> processes() {
    return ProcessHandle.current().children().collect(Collectors.toSet());
  }
}
