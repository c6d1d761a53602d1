package dev.spanwise.testing.server;

import java.util.List;
import java.util.Map;

/** A <a href="https://redis.io/docs/latest/">Redis</a> server that is empty after a restart. */
public final class RedisServer extends Server {

  private RedisServer(Instance instance) {
    super(instance);
  }

  /**
   * Starts the {@code redis-server} of this machine.
   *
   * @throws org.opentest4j.TestAbortedException if it is not installed
   * @throws IllegalStateException if it does not get ready, with the end of what it printed
   */
  public static RedisServer start() {
    String executable = InstalledProgram.require("redis-server", "redis-server").toString();
    return new RedisServer(
        new LocalProcess(
            new LocalProgram(
                "redis-server",
                Account.OWN,
                port ->
                    List.of(
                        executable,
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--save",
                        "",
                        "--appendonly",
                        "no"),
                "Ready to accept connections",
                "TERM"),
            Account.OWN.newDirectory("redis")));
  }

  static RedisServer inContainer() {
    return new RedisServer(
        ContainerInstance.start(
            new ContainerProgram(
                ContainerImage.REDIS,
                6379,
                List.of(
                    "redis-server",
                    "--save",
                    "",
                    "--appendonly",
                    "no",
                    // As in the official image, whose build switches it off.
                    "--protected-mode",
                    "no"),
                Map.of(),
                "SIGTERM",
                Probe.ofText("PING\r\n", "+PONG"))));
  }

  /** For Lettuce and Jedis: {@code redis://host:port}. */
  public String url() {
    return "redis://" + host() + ":" + port();
  }
}
