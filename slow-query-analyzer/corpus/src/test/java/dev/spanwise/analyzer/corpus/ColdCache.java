package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Takes a database's files out of the operating system's memory, with coreutils. */
final class ColdCache {

  private ColdCache() {}

  static void evict(CorpusServer server, String database) throws SQLException {
    try (Connection connection = server.connect(database)) {
      TestServer.run(connection, "CHECKPOINT");
      Path folder =
          Path.of(
              TestServer.one(connection, "SHOW data_directory"),
              "base",
              TestServer.one(
                  connection, "SELECT oid FROM pg_database WHERE datname = current_database()"));
      List<String> files = files(folder);
      // What is not yet on the disk stays in memory.
      List<String> sync = new ArrayList<>(List.of("sync", "--"));
      sync.addAll(files);
      run(sync);
      for (String file : files) {
        run(List.of("dd", "if=" + file, "iflag=nocache", "count=0", "status=none"));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the files of " + database + " cannot be evicted", e);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toString).toList();
    }
  }

  private static void run(List<String> command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + " failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
