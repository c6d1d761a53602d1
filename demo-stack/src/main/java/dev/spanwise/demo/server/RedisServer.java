package dev.spanwise.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Redis server on the loopback interface that keeps nothing on disk, until it is closed. */
public final class RedisServer implements AutoCloseable {
  private final ServerProcess process;
  private final int port;

  private RedisServer(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server.
   *
   * @param program a {@code redis-server} of 6 or newer
   * @param directory for its log; made if it is not there
   * @throws IOException if it does not start
   */
  public static RedisServer start(Path program, Path directory) throws IOException {
    Files.createDirectories(directory);
    int port = ServerProcess.freePort();
    List<String> command =
        List.of(
            program.toString(),
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
    return new RedisServer(ServerProcess.start("redis-server", command, port, log), port);
  }

  /** Where it listens: {@code redis://127.0.0.1:port}. */
  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.close();
  }
}
