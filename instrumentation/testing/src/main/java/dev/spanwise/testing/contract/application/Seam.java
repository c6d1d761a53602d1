package dev.spanwise.testing.contract.application;

import io.lettuce.core.pubsub.RedisPubSubListener;
import io.nats.client.Connection;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * Where an application's code would call the library. As it stands it does nothing: so it runs
 * under the agent.
 */
public interface Seam {

  /** The driver's data source, below the pool. */
  default DataSource dataSource(DataSource driver) {
    return driver;
  }

  /** A connection to NATS. */
  default Connection connection(Connection connection) {
    return connection;
  }

  /** A listener that reads messages itself. */
  default <K, V> RedisPubSubListener<K, V> listener(RedisPubSubListener<K, V> listener) {
    return listener;
  }

  /** A read that the application gives a name. */
  default <T> T read(String name, Callable<T> body) throws Exception {
    return body.call();
  }
}
