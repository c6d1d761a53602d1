package dev.spanwise.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A NATS server with JetStream on the loopback interface, until it is closed. */
public final class NatsServer implements AutoCloseable {
  private static final String USER = "demo";

  private final ServerProcess process;
  private final int port;
  private final String password;

  private NatsServer(ServerProcess process, int port, String password) {
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts a server.
   *
   * @param program a {@code nats-server} of 2.9 or newer
   * @param directory for its streams and its log; made if it is not there, and used once
   * @throws IOException if it does not start
   */
  public static NatsServer start(Path program, Path directory) throws IOException {
    Files.createDirectories(directory);
    int port = ServerProcess.freePort();
    String password = GeneratedPassword.next();
    Path configuration = directory.resolve("nats-server.conf");
    GeneratedPassword.write(
        configuration,
        "authorization { user: \"%s\", password: \"%s\" }%n".formatted(USER, password));
    List<String> command =
        List.of(
            program.toString(),
            "--config",
            configuration.toString(),
            "--jetstream",
            "--addr",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--store_dir",
            directory.resolve("streams").toString());
    Path log = directory.resolve("nats-server.log");
    return new NatsServer(ServerProcess.start("nats-server", command, port, log), port, password);
  }

  /** Where it listens, with who may enter: {@code nats://user:password@127.0.0.1:port}. */
  public String url() {
    return "nats://%s:%s@127.0.0.1:%s".formatted(USER, password, port);
  }

  @Override
  public void close() {
    process.close();
  }
}
