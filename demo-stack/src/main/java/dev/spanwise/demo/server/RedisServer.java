package dev.spanwise.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Redis server on the loopback interface that keeps nothing on disk, until it is closed. Who may
 * enter could have it write files: it has a random password.
 */
public final class RedisServer implements AutoCloseable {
  private final ServerProcess process;
  private final int port;
  private final String password;

  private RedisServer(ServerProcess process, int port, String password) {
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts a server.
   *
   * @param program a {@code redis-server} of 6 or newer, or a {@code valkey-server}
   * @param directory for its log; made if it is not there, and used once
   * @throws IOException if it does not start
   */
  public static RedisServer start(Path program, Path directory) throws IOException {
    Files.createDirectories(directory);
    int port = ServerProcess.freePort();
    String password = GeneratedPassword.next();
    Path configuration = directory.resolve("redis-server.conf");
    GeneratedPassword.write(configuration, "requirepass " + password + "\n");
    List<String> command =
        List.of(
            program.toString(),
            configuration.toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory",
            "32mb");
    Path log = directory.resolve("redis-server.log");
    return new RedisServer(ServerProcess.start("redis-server", command, port, log), port, password);
  }

  /** Where it listens, with who may enter: {@code redis://:password@127.0.0.1:port}. */
  public String url() {
    return "redis://:%s@127.0.0.1:%s".formatted(password, port);
  }

  @Override
  public void close() {
    process.close();
  }
}
