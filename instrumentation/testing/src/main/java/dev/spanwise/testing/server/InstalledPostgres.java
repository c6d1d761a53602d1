package dev.spanwise.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts clusters of a PostgreSQL that is installed on this machine. */
record InstalledPostgres(Path binaries, Map<String, String> settings) {
  private static final Account ACCOUNT = Account.NOT_ROOT;
  private static final AtomicInteger REPLICAS = new AtomicInteger();

  static InstalledPostgres find(Map<String, String> settings) {
    Path initdb = InstalledProgram.requireOfPostgresql("initdb");
    Path binaries = initdb.getParent();
    return new InstalledPostgres(binaries == null ? Path.of("") : binaries, settings);
  }

  Instance start() {
    Path directory = ACCOUNT.newDirectory("postgres");
    run(
        directory,
        List.of(
            program("initdb"),
            "--pgdata=" + data(directory),
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync"));
    return serve(directory, settings);
  }

  Instance startReplicaOf(int primaryPort) {
    String slot = "replica_" + REPLICAS.incrementAndGet();
    Path directory = ACCOUNT.newDirectory("postgres");
    run(
        directory,
        List.of(
            program("pg_basebackup"),
            "--dbname=host=127.0.0.1 port=" + primaryPort + " user=postgres",
            "--pgdata=" + data(directory),
            "--write-recovery-conf",
            "--wal-method=stream",
            "--create-slot",
            "--slot=" + slot,
            "--checkpoint=fast",
            "--no-sync"));
    Map<String, String> named = new LinkedHashMap<>(settings);
    named.put("cluster_name", slot);
    return serve(directory, named);
  }

  private Instance serve(Path directory, Map<String, String> with) {
    return new LocalProcess(
        new LocalProgram(
            "postgres", ACCOUNT, port -> command(directory, port, with), "ready to accept", "INT"),
        directory);
  }

  private List<String> command(Path directory, int port, Map<String, String> with) {
    List<String> command =
        new ArrayList<>(
            List.of(
                program("postgres"),
                "-D",
                data(directory).toString(),
                "-p",
                String.valueOf(port),
                "-h",
                "127.0.0.1",
                // No Unix socket: its path would be too long in some temporary directories.
                "-k",
                ""));
    with.forEach(
        (name, value) -> {
          command.add("-c");
          command.add(name + "=" + value);
        });
    return command;
  }

  private static Path data(Path directory) {
    return directory.resolve("data");
  }

  private String program(String name) {
    return binaries.resolve(name).toString();
  }

  private static void run(Path directory, List<String> command) {
    ProgramOutput output = new ProgramOutput(directory.resolve("output"));
    try {
      int exit =
          new ProcessBuilder(ACCOUNT.command(command))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.file().toFile())
              .start()
              .waitFor();
      if (exit != 0) {
        String end = output.end();
        Directories.delete(directory);
        throw new IllegalStateException(
            "%s failed with exit code %d; the end of its output:%n%s"
                .formatted(command.get(0), exit, end));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + command.get(0), e);
    }
  }
}
