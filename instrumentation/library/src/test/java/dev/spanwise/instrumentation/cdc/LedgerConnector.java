package dev.spanwise.instrumentation.cdc;

import dev.spanwise.testing.server.PostgresServer;
import java.util.Properties;

/** Settings of a connector for the tests' server. */
final class LedgerConnector {
  private LedgerConnector() {}

  static Properties properties(PostgresServer server, String name) {
    Properties properties = new Properties();
    properties.setProperty("name", name);
    properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.setProperty(
        "offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    properties.setProperty("offset.flush.interval.ms", "0");
    properties.setProperty("database.hostname", "127.0.0.1");
    properties.setProperty("database.port", String.valueOf(server.port()));
    properties.setProperty("database.user", "postgres");
    properties.setProperty("database.password", "");
    properties.setProperty("database.dbname", "postgres");
    properties.setProperty("topic.prefix", name);
    properties.setProperty("plugin.name", "pgoutput");
    properties.setProperty("slot.name", name);
    properties.setProperty("slot.drop.on.stop", "true");
    properties.setProperty("publication.name", name);
    properties.setProperty("publication.autocreate.mode", "filtered");
    properties.setProperty("table.include.list", "public.orders");
    properties.setProperty("heartbeat.interval.ms", "200");
    properties.setProperty("poll.interval.ms", "20");
    return properties;
  }
}
