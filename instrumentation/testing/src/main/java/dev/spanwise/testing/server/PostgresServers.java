package dev.spanwise.testing.server;

/**
 * The PostgreSQL servers of a test that shall run on each: {@code @ParameterizedTest} or
 * {@code @ParameterizedClass} with {@code @EnumSource}. One that cannot be had skips the test by a
 * {@link org.opentest4j.TestAbortedException} that names what is missing.
 */
public enum PostgresServers {
  /** PostgreSQL 18, which comes as a dependency. */
  EMBEDDED {
    @Override
    public PostgresServer start() {
      return PostgresServer.embedded();
    }
  },

  /** The newest of this machine, such as Debian's PostgreSQL 15. */
  INSTALLED {
    @Override
    public PostgresServer start() {
      return PostgresServer.installed();
    }
  },

  /** In a container, of the image that {@link Servers#CONTAINER} takes. */
  CONTAINER {
    @Override
    public PostgresServer start() {
      return Servers.CONTAINER.postgres();
    }
  };

  /** Starts one. */
  public abstract PostgresServer start();
}
