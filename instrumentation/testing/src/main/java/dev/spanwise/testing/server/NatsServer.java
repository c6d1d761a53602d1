package dev.spanwise.testing.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A <a href="https://docs.nats.io/running-a-nats-service/introduction">NATS server</a> with
 * JetStream, whose streams outlive a restart.
 */
public final class NatsServer extends Server {

  private NatsServer(Instance instance) {
    super(instance);
  }

  /**
   * Starts the {@code nats-server} of this machine.
   *
   * @throws org.opentest4j.TestAbortedException if it is not installed
   * @throws IllegalStateException if it does not get ready, with the end of what it printed
   */
  public static NatsServer start() {
    String executable = InstalledProgram.require("nats-server", "nats-server").toString();
    Path directory = Account.OWN.newDirectory("nats");
    Path streams = directory.resolve("jetstream");
    return new NatsServer(
        new LocalProcess(
            new LocalProgram(
                "nats-server",
                Account.OWN,
                port ->
                    List.of(
                        executable,
                        "-js",
                        "-a",
                        "127.0.0.1",
                        "-p",
                        String.valueOf(port),
                        "-sd",
                        streams.toString()),
                "Server is ready",
                "TERM"),
            directory));
  }

  static NatsServer inContainer() {
    return new NatsServer(
        ContainerInstance.start(
            new ContainerProgram(
                ContainerImage.NATS,
                4222,
                List.of("-js", "-sd", "/tmp/jetstream"),
                Map.of(),
                "SIGTERM",
                Probe.ofText("", "INFO "))));
  }

  /** For jnats: {@code nats://host:port}. */
  public String url() {
    return "nats://" + host() + ":" + port();
  }
}
