package dev.spanwise.analyzer.ingest;

import dev.spanwise.analyzer.trace.DatabaseSystem;
import java.util.Locale;
import java.util.Set;

/** What a value of {@code db.system.name}, or of the older {@code db.system}, says. */
final class DatabaseNames {

  /**
   * The values whose query text is SQL. Another system's text is dropped: the normaliser knows SQL
   * alone, and would leave literals in any other language.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/db/">the values
   *     of both attributes</a>
   */
  private static final Set<String> SQL =
      Set.of(
          "postgresql",
          "other_sql",
          "mysql",
          "mariadb",
          "microsoft.sql_server",
          "mssql",
          "mssqlcompact",
          "oracle.db",
          "oracle",
          "sqlite",
          "h2",
          "h2database",
          "hsqldb",
          "derby",
          "ibm.db2",
          "db2",
          "ibm.informix",
          "informix",
          "ibm.netezza",
          "netezza",
          "cockroachdb",
          "sap.hana",
          "hanadb",
          "sap.maxdb",
          "maxdb",
          "gcp.spanner",
          "spanner",
          "aws.redshift",
          "redshift",
          "actian.ingres",
          "ingres",
          "clickhouse",
          "trino",
          "teradata",
          "firebirdsql",
          "firebird",
          "interbase",
          "intersystems_cache",
          "vertica",
          "sybase",
          "hive",
          "edb",
          "pervasive",
          "pointbase",
          "progress",
          "cloudscape",
          "firstsql",
          "instantdb");

  private DatabaseNames() {}

  static DatabaseSystem system(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> DatabaseSystem.POSTGRESQL;
      case "mongodb" -> DatabaseSystem.MONGODB;
      default -> DatabaseSystem.OTHER;
    };
  }

  static boolean speaksSql(String name) {
    return SQL.contains(name.toLowerCase(Locale.ROOT));
  }
}
