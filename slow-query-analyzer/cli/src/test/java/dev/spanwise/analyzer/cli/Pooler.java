package dev.spanwise.analyzer.cli;

import dev.spanwise.demo.database.DemoDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PgBouncer in transaction mode before a database, on a free port of the loopback interface. */
final class Pooler implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final Pattern PASSWORD = Pattern.compile("[?&]password=([^&]+)");

  private final Process process;
  private final int port;

  private Pooler(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  static Pooler start(DemoDatabase database, Path directory)
      throws IOException, InterruptedException {
    Matcher password = PASSWORD.matcher(database.jdbcUrl());
    if (!password.find()) {
      throw new IllegalStateException("the URL has no password");
    }
    int port = freePort();
    Path settings = Files.createTempFile("pgbouncer", ".ini");
    Files.writeString(
        settings,
        """
        [databases]
        pooled = host=127.0.0.1 port=%d dbname=postgres user=postgres password=%s
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(database.port(), password.group(1), port));
    Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r--r--"));
    settings.toFile().deleteOnExit();
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(settings.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("pgbouncer.log").toFile())
            .start();
    for (int attempt = 0; attempt < 100 && process.isAlive(); attempt++) {
      if (answers(port)) {
        return new Pooler(process, port);
      }
      Thread.sleep(50);
    }
    process.destroyForcibly();
    throw new IOException(
        "pgbouncer did not start: " + Files.readString(directory.resolve("pgbouncer.log")));
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/pooled?user=app&prepareThreshold=0";
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
  }
}
