package dev.spanwise.analyzer.postgresql.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where a database is, from a <a
 * href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS">libpq
 * connection URI</a> ({@code postgresql://}, {@code postgres://}) or a <a
 * href="https://jdbc.postgresql.org/documentation/use/">JDBC URL</a> ({@code jdbc:postgresql:}).
 *
 * <p>What the URL leaves out comes from libpq's environment variables (PGHOST, PGPORT, PGDATABASE,
 * PGUSER, PGPASSWORD, PGSSLMODE, PGSSLROOTCERT, PGSSLCERT, PGSSLKEY, PGCONNECT_TIMEOUT, PGOPTIONS),
 * then from libpq's defaults; a missing password also from PGPASSFILE or {@code ~/.pgpass}. Other
 * parameters are passed to the driver as they are. Immutable; {@link #toString} leaves the password
 * out.
 */
public final class DatabaseUrl {

  /** libpq's parameters that the driver calls otherwise. */
  private static final Map<String, String> DRIVER_NAMES =
      Map.of(
          "application_name", "ApplicationName",
          "connect_timeout", "connectTimeout",
          "target_session_attrs", "targetServerType",
          "dbname", "PGDBNAME",
          "keepalives", "tcpKeepAlive");

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PGUSER", "user",
          "PGPASSWORD", "password",
          "PGSSLMODE", "sslmode",
          "PGSSLROOTCERT", "sslrootcert",
          "PGSSLCERT", "sslcert",
          "PGSSLKEY", "sslkey",
          "PGCONNECT_TIMEOUT", "connectTimeout",
          "PGOPTIONS", "options");

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ApplicationName", "spanwise",
          "connectTimeout", "10",
          "loginTimeout", "15",
          // Building an index in a what-if can take minutes.
          "socketTimeout", "900",
          "tcpKeepAlive", "true");

  private final List<HostPort> hosts;
  private final String database;
  private final Map<String, String> parameters;

  private DatabaseUrl(List<HostPort> hosts, String database, Map<String, String> parameters) {
    this.hosts = hosts;
    this.database = database;
    this.parameters = parameters;
  }

  /** One server address; an IPv6 address is without brackets. */
  record HostPort(String host, int port) {

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Reads a URL; nothing is connected.
   *
   * @throws DatabaseUrlException naming the part of the URL that is wrong
   */
  public static DatabaseUrl parse(String url) throws DatabaseUrlException {
    return parse(url, System.getenv(), System.getProperty("user.name", "postgres"));
  }

  static DatabaseUrl parse(String url, Map<String, String> environment, String systemUser)
      throws DatabaseUrlException {
    UrlParts parts = UrlParts.of(url);
    Map<String, String> parameters = new LinkedHashMap<>(DEFAULTS);
    ENVIRONMENT.forEach(
        (variable, parameter) -> {
          String value = environment.get(variable);
          if (value != null && !value.isEmpty()) {
            parameters.put(parameter, value);
          }
        });
    parts
        .parameters()
        .forEach((name, value) -> parameters.put(DRIVER_NAMES.getOrDefault(name, name), value));
    String targetServerType = parameters.get("targetServerType");
    if (targetServerType != null) {
      parameters.put("targetServerType", targetServerType(targetServerType));
    }
    requireNumber("connectTimeout", parameters.get("connectTimeout"));
    String user = parameters.computeIfAbsent("user", missing -> systemUser);
    String database =
        firstOf(
            parts.database(), parameters.remove("PGDBNAME"), environment.get("PGDATABASE"), user);
    String host =
        firstOf(parts.hosts(), parameters.remove("host"), environment.get("PGHOST"), "localhost");
    String port = firstOf(parameters.remove("port"), environment.get("PGPORT"), "5432");
    return new DatabaseUrl(HostList.parse(host, port), database, Map.copyOf(parameters));
  }

  private static String firstOf(@Nullable String... values) {
    for (String value : values) {
      if (value != null && !value.isEmpty()) {
        return value;
      }
    }
    throw new IllegalArgumentException("no default");
  }

  private static void requireNumber(String name, @Nullable String value)
      throws DatabaseUrlException {
    if (value == null || !value.matches("\\d{1,9}")) {
      throw new DatabaseUrlException(
          "the database URL's " + name + " is not a whole number of seconds");
    }
  }

  /** libpq's values in the driver's words; the driver refuses what neither knows. */
  private static String targetServerType(String value) {
    return switch (value) {
      case "read-write" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> value;
    };
  }

  /**
   * Opens a connection; the caller closes it.
   *
   * @throws DatabaseUnreachableException if no host answers or the server refuses
   */
  public Connection open() throws DatabaseUnreachableException {
    Properties properties = new Properties();
    properties.putAll(parameters);
    // The driver takes hosts, ports and database from its URL only; it decodes each.
    String jdbcUrl =
        "jdbc:postgresql://"
            + hosts.stream().map(HostPort::toString).collect(Collectors.joining(","))
            + "/"
            + UrlParts.encode(database);
    try {
      return Objects.requireNonNull(new Driver().connect(jdbcUrl, properties));
    } catch (SQLException e) {
      throw new DatabaseUnreachableException(
          "cannot connect to " + this + ": " + withoutPassword(reason(e)), e.getSQLState());
    }
  }

  private static String reason(SQLException e) {
    String message = String.valueOf(e.getMessage());
    String cause = e.getCause() == null ? null : e.getCause().getMessage();
    return cause == null || message.contains(cause) ? message : message + " (" + cause + ")";
  }

  private String withoutPassword(String message) {
    String password = parameters.get("password");
    return password == null || password.isEmpty() ? message : message.replace(password, "****");
  }

  @Override
  public String toString() {
    return "postgresql://"
        + UrlParts.encode(Objects.requireNonNull(parameters.get("user")))
        + "@"
        + hosts.stream().map(HostPort::toString).collect(Collectors.joining(","))
        + "/"
        + UrlParts.encode(database);
  }
}
