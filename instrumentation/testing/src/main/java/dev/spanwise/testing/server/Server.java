package dev.spanwise.testing.server;

/**
 * A server for tests that listens on the loopback interface alone; in a container of an engine on
 * another host, on that one's interfaces.
 *
 * <p>Not safe for use by several threads at once; what it serves is.
 */
public abstract sealed class Server implements AutoCloseable
    permits NatsServer, PgBouncer, PostgresServer, RedisServer {
  private final Instance instance;

  Server(Instance instance) {
    this.instance = instance;
  }

  /** {@code 127.0.0.1}; for a container of an engine on another host, that host. */
  public String host() {
    return instance.host();
  }

  /** The TCP port; a restart keeps it. */
  public int port() {
    return instance.port();
  }

  /** Ends the server in order and keeps its data; does nothing where it does not run. */
  public void stop() {
    instance.stop();
  }

  /**
   * Starts the server again after {@link #stop()}, on the same port; does nothing where it runs.
   *
   * @throws IllegalStateException if it does not answer in time, with the end of what it printed
   */
  public void startAgain() {
    instance.start();
  }

  /** Ends the server and deletes its data. */
  @Override
  public void close() {
    instance.close();
  }
}
