package dev.spanwise.demo.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server programs that were found on the machine.
 *
 * @param nats the program {@code nats-server}
 * @param redis the program {@code redis-server}, or else {@code valkey-server}, which takes the
 *     same arguments and speaks the same protocol
 * @param postgres the directory of the newest PostgreSQL from 15 on
 */
public record InstalledServers(@Nullable Path nats, @Nullable Path redis, @Nullable Path postgres) {
  /** What the demo runs where it is installed. */
  public enum Kind {
    NATS(
        "nats-server",
        "nats-server",
        "nats-server",
        "capture, stream, projection, quotes and the cache"),
    REDIS(
        "redis-server or valkey-server",
        "redis-server",
        "redis-server",
        "the read API's cache and its invalidation"),
    POSTGRESQL(
        "PostgreSQL " + OLDEST_POSTGRESQL + " or newer",
        "postgresql-15",
        "postgresql",
        "the ledger's replica");

    private final String program;
    private final String debianPackage;
    private final String debianService;
    private final String parts;

    Kind(String program, String debianPackage, String debianService, String parts) {
      this.program = program;
      this.debianPackage = debianPackage;
      this.debianService = debianService;
      this.parts = parts;
    }

    /** What it is called. */
    public String program() {
      return program;
    }

    /** The package of Debian 12 that holds it. */
    public String debianPackage() {
      return debianPackage;
    }

    /** The systemd service that this package starts and enables. */
    public String debianService() {
      return debianService;
    }

    /** The parts of the demo that are left out without it. */
    public String parts() {
      return parts;
    }
  }

  /** No server: every part that wants one is left out. */
  public static final InstalledServers NONE = new InstalledServers(null, null, null);

  /** Debian keeps servers where a user's PATH may not lead. */
  private static final List<Path> SYSTEM_DIRECTORIES =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"), Path.of("/usr/local/bin"));

  private static final Path DEBIAN_POSTGRESQL = Path.of("/usr/lib/postgresql");
  private static final int OLDEST_POSTGRESQL = 15;
  private static final Pattern POSTGRESQL_VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d{1,4})");

  /** Looks along the PATH and where Debian puts servers. */
  public static InstalledServers find() {
    List<Path> directories =
        Stream.concat(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                    .filter(directory -> !directory.isEmpty())
                    .map(Path::of),
                SYSTEM_DIRECTORIES.stream())
            .toList();
    return find(directories, DEBIAN_POSTGRESQL);
  }

  static InstalledServers find(List<Path> directories, Path debianPostgresql) {
    return new InstalledServers(
        firstOf(directories, "nats-server"),
        firstOf(directories, "redis-server", "valkey-server"),
        postgres(directories, debianPostgresql));
  }

  /** What was not found, in the order of {@link Kind}. */
  public Set<Kind> missing() {
    Set<Kind> missing = EnumSet.noneOf(Kind.class);
    if (nats == null) {
      missing.add(Kind.NATS);
    }
    if (redis == null) {
      missing.add(Kind.REDIS);
    }
    if (postgres == null) {
      missing.add(Kind.POSTGRESQL);
    }
    return missing;
  }

  /** The first name that is found at all, in the first directory that has it. */
  private static @Nullable Path firstOf(List<Path> directories, String... names) {
    return Stream.of(names)
        .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Path postgres(List<Path> directories, Path debianPostgresql) {
    List<Path> candidates = new ArrayList<>(directories);
    if (Files.isDirectory(debianPostgresql)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(debianPostgresql)) {
        versions.forEach(version -> candidates.add(version.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(debianPostgresql + " cannot be listed", e);
      }
    }
    return candidates.stream()
        .filter(InstalledServers::holdsPostgres)
        .filter(directory -> majorVersion(directory) >= OLDEST_POSTGRESQL)
        .max(Comparator.comparingInt(InstalledServers::majorVersion))
        .orElse(null);
  }

  private static boolean holdsPostgres(Path directory) {
    return Stream.of("initdb", "postgres", "pg_basebackup")
        .allMatch(name -> Files.isExecutable(directory.resolve(name)));
  }

  /** What {@code postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1)} begins with; 0 if unsaid. */
  private static int majorVersion(Path directory) {
    String said =
        ServerProcess.output(List.of(directory.resolve("postgres").toString(), "--version"));
    Matcher version = POSTGRESQL_VERSION.matcher(said);
    return version.find() ? Integer.parseInt(version.group(1)) : 0;
  }
}
