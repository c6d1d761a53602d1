package dev.spanwise.instrumentation.replication;

import java.util.regex.Pattern;

/** The statements of the heartbeat's table, which has one row. */
final class Heartbeat {
  private static final Pattern TABLE =
      Pattern.compile("[a-z_][a-z0-9_]{0,62}(?:\\.[a-z_][a-z0-9_]{0,62})?");

  private final String table;

  /**
   * @throws IllegalArgumentException if the name is not one or two identifiers in lower case
   */
  Heartbeat(String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "the heartbeat's table \"%s\" is not named [schema.]table in lower-case letters, digits and _"
              .formatted(table));
    }
    this.table = "\"" + table.replace(".", "\".\"") + "\"";
  }

  String ddl() {
    return """
    CREATE TABLE IF NOT EXISTS %s (
      id smallint PRIMARY KEY CHECK (id = 1),
      written_at timestamptz NOT NULL
    )\
    """
        .formatted(table);
  }

  /** The time of the statement, not of the transaction's start: as late as can be. */
  String write() {
    return """
    INSERT INTO %s (id, written_at) VALUES (1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at\
    """
        .formatted(table);
  }

  /** The heartbeat's time, in seconds since the epoch. */
  String writtenAt() {
    return "(SELECT extract(epoch FROM written_at)::float8 FROM %s WHERE id = 1)".formatted(table);
  }
}
