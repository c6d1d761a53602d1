package dev.spanwise.analyzer.postgresql.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server of an installed PostgreSQL, in a temporary directory, until the JVM ends. */
record InstalledServer(int port, Path logs) {

  static InstalledServer start(Path binaries, Map<String, String> settings) {
    try {
      Path directory = Files.createTempDirectory("spanwise-postgres");
      TestServer.makeWritable(directory);
      Path data = directory.resolve("data");
      Path logs = directory.resolve("logs");
      Files.createDirectory(logs);
      TestServer.makeWritable(logs);
      Process initdb =
          run(
              binaries.resolve("initdb").toString(),
              "-D",
              data.toString(),
              "-U",
              "postgres",
              "-A",
              "trust",
              "-E",
              "UTF8",
              "--no-sync",
              "--locale=C");
      if (initdb.waitFor() != 0) {
        throw new IllegalStateException("initdb failed with " + initdb.exitValue());
      }
      int port = freePort();
      List<String> command =
          new ArrayList<>(
              List.of(
                  binaries.resolve("postgres").toString(),
                  "-D",
                  data.toString(),
                  "-p",
                  String.valueOf(port),
                  "-h",
                  "127.0.0.1",
                  "-k",
                  directory.toString(),
                  "-c",
                  "log_directory=" + logs));
      settings.forEach(
          (name, value) -> {
            command.add("-c");
            command.add(name + "=" + value);
          });
      Process server = run(command.toArray(String[]::new));
      Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
      TestServer.await(() -> answers(port));
      return new InstalledServer(port, logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** PostgreSQL refuses to run as root; a container often has no other user at hand. */
  private static Process run(String... command) throws IOException {
    List<String> all = new ArrayList<>();
    if (System.getProperty("user.name", "").equals("root")) {
      all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"));
    }
    all.addAll(List.of(command));
    return new ProcessBuilder(all)
        .directory(new File("/"))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try {
      DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres")
          .close();
      return true;
    } catch (SQLException notYet) {
      return false;
    }
  }
}
