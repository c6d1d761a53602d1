package dev.spanwise.testing.server;

import java.util.List;

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

  /** For Lettuce and Jedis: {@code redis://127.0.0.1:port}. */
  public String url() {
    return "redis://127.0.0.1:" + port();
  }
}
