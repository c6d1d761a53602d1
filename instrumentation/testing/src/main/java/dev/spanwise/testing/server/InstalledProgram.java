package dev.spanwise.testing.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs of this machine. */
final class InstalledProgram {
  private static final Path DEBIANS_POSTGRESQL = Path.of("/usr/lib/postgresql");

  private InstalledProgram() {}

  /**
   * Finds a program on the PATH, or where Debian installs those that only root has on its PATH.
   *
   * @throws TestAbortedException if it is not installed
   */
  static Path require(String name, String debianPackage) {
    List<Path> directories = pathDirectories();
    directories.add(Path.of("/usr/local/sbin"));
    directories.add(Path.of("/usr/sbin"));
    return first(directories, name, debianPackage);
  }

  /**
   * Finds a program of PostgreSQL's server: of the newest version of Debian's, which keeps them off
   * the PATH, else on the PATH.
   *
   * @throws TestAbortedException if it is not installed
   */
  static Path requireOfPostgresql(String name) {
    List<Path> directories = debiansPostgresqlNewestFirst();
    directories.addAll(pathDirectories());
    return first(directories, name, "postgresql");
  }

  private static Path first(List<Path> directories, String name, String debianPackage) {
    return directories.stream()
        .map(directory -> directory.resolve(name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new TestAbortedException(
                    "skipped: %s is not installed (Debian: apt-get install %s)"
                        .formatted(name, debianPackage)));
  }

  private static List<Path> pathDirectories() {
    List<Path> directories = new ArrayList<>();
    String path = System.getenv("PATH");
    if (path != null) {
      for (String directory : path.split(File.pathSeparator, -1)) {
        directories.add(Path.of(directory));
      }
    }
    return directories;
  }

  private static List<Path> debiansPostgresqlNewestFirst() {
    List<Path> directories = new ArrayList<>();
    if (Files.isDirectory(DEBIANS_POSTGRESQL)) {
      try (Stream<Path> versions = Files.list(DEBIANS_POSTGRESQL)) {
        versions
            .filter(version -> version.getFileName().toString().matches("\\d{1,4}"))
            .sorted(Comparator.comparing(InstalledProgram::majorVersion).reversed())
            .map(version -> version.resolve("bin"))
            .forEach(directories::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return directories;
  }

  private static int majorVersion(Path directory) {
    return Integer.parseInt(directory.getFileName().toString());
  }
}
