package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.corpus.Traffic.Send;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** One connection for each way of sending, held as a pool would hold it. Not thread-safe. */
final class Sessions implements AutoCloseable {

  private final CorpusServer server;
  private final String database;
  private final Map<String, String> settings;
  private final Map<Send, Connection> connections = new EnumMap<>(Send.class);

  Sessions(CorpusServer server, String database, Map<String, String> settings) {
    this.server = server;
    this.database = database;
    this.settings = settings;
  }

  Connection get(Send send) throws SQLException {
    Connection open = connections.get(send);
    if (open == null) {
      Map<String, String> all = new HashMap<>(settings);
      if (send == Send.GENERIC) {
        all.put("plan_cache_mode", "force_generic_plan");
      }
      open = server.connect(database, driver(send), all);
      connections.put(send, open);
    }
    return open;
  }

  static Map<String, String> driver(Send send) {
    return switch (send) {
      case TEXT -> Map.of("preferQueryMode", "simple");
      case PREPARED -> Map.of("prepareThreshold", "0");
      case SERVER_PREPARED, GENERIC -> Map.of("prepareThreshold", "1");
    };
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
  }
}
