package dev.spanwise.testing.server;

import java.util.Map;

/**
 * Where the servers of a test run, so that the same test runs on both: {@code @ParameterizedTest}
 * with {@code @EnumSource}.
 *
 * <p>What is missing skips the test by a {@link org.opentest4j.TestAbortedException}: for {@link
 * #LOCAL} a program, for {@link #CONTAINER} an engine or an image.
 */
public enum Servers {
  /** As processes of this machine; PostgreSQL as the embedded one. */
  LOCAL {
    @Override
    public NatsServer nats() {
      return NatsServer.start();
    }

    @Override
    public RedisServer redis() {
      return RedisServer.start();
    }

    @Override
    public PostgresServer postgres(Map<String, String> settings) {
      return PostgresServer.embedded(settings);
    }
  },

  /**
   * In containers, of the images that {@code SPANWISE_TEST_IMAGE_NATS}, {@code _POSTGRES} and
   * {@code _REDIS} name in the environment (or {@code spanwise.test.image.nats} and so on among the
   * system properties), else of the official ones.
   */
  CONTAINER {
    @Override
    public NatsServer nats() {
      return NatsServer.inContainer();
    }

    @Override
    public RedisServer redis() {
      return RedisServer.inContainer();
    }

    @Override
    public PostgresServer postgres(Map<String, String> settings) {
      return PostgresServer.inContainer(settings);
    }
  };

  /** Starts a NATS server. */
  public abstract NatsServer nats();

  /** Starts a Redis server. */
  public abstract RedisServer redis();

  /** Starts a PostgreSQL server with settings by name, beside those of {@link PostgresServer}. */
  public abstract PostgresServer postgres(Map<String, String> settings);

  /** Starts a PostgreSQL server. */
  public PostgresServer postgres() {
    return postgres(Map.of());
  }
}
