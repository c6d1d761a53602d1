package dev.spanwise.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.demo.server.InstalledServers.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledServersTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void namesWhatIsMissing() {
    InstalledServers servers = InstalledServers.find(List.of(directory), directory.resolve("none"));

    assertThat(servers).isEqualTo(InstalledServers.NONE);
    assertThat(servers.missing()).containsExactly(Kind.NATS, Kind.REDIS, Kind.POSTGRESQL);
  }

  @Test
  void takesTheNewestPostgresqlOfThoseThatAreNewEnough() throws Exception {
    for (String version : List.of("14", "15", "17")) {
      postgres(directory.resolve(version).resolve("bin"), version + ".4");
    }
    program(directory.resolve("redis-server"), "");

    InstalledServers servers = InstalledServers.find(List.of(directory), directory);

    assertThat(servers.postgres()).isEqualTo(directory.resolve("17").resolve("bin"));
    assertThat(servers.missing()).containsExactly(Kind.NATS);
  }

  @Test
  void takesValkeyOnlyWhereThereIsNoRedis() throws Exception {
    Path later = Files.createDirectory(directory.resolve("later"));
    List<Path> path = List.of(directory, later);
    program(directory.resolve("valkey-server"), "");

    assertThat(InstalledServers.find(path, directory).redis())
        .isEqualTo(directory.resolve("valkey-server"));

    program(later.resolve("redis-server"), "");

    assertThat(InstalledServers.find(path, directory).redis())
        .isEqualTo(later.resolve("redis-server"));
  }

  @Test
  void refusesAPostgresqlThatIsTooOld() throws Exception {
    postgres(directory.resolve("14").resolve("bin"), "14.20");

    assertThat(InstalledServers.find(List.of(), directory).postgres()).isNull();
  }

  private static void postgres(Path binaries, String version) throws IOException {
    Files.createDirectories(binaries);
    program(binaries.resolve("initdb"), "");
    program(binaries.resolve("pg_basebackup"), "");
    program(binaries.resolve("postgres"), "postgres (PostgreSQL) " + version + " (Debian)");
  }

  private static void program(Path file, String says) throws IOException {
    Files.writeString(file, "#!/bin/sh\necho '" + says + "'\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
