package dev.spanwise.analyzer.postgresql.connection;

import dev.spanwise.analyzer.postgresql.connection.DatabaseUrl.HostPort;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code host:port,[v6]:port,…}. */
final class HostList {

  private HostList() {}

  /**
   * Reads hosts; one without a port gets the default.
   *
   * @param defaultPorts one port for all, or one for each host, separated by commas
   */
  static List<HostPort> parse(String hosts, String defaultPorts) throws DatabaseUrlException {
    String[] ports = defaultPorts.split(",", -1);
    List<HostPort> result = new ArrayList<>();
    for (String host : hosts.split(",", -1)) {
      String defaultPort = ports.length > result.size() ? ports[result.size()] : ports[0];
      result.add(parseOne(host, defaultPort));
    }
    return List.copyOf(result);
  }

  private static HostPort parseOne(String text, String defaultPort) throws DatabaseUrlException {
    if (text.startsWith("/")) {
      throw new DatabaseUrlException(
          "the database URL names a Unix-domain socket: the driver needs a host name");
    }
    int portAt;
    String host;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new DatabaseUrlException("the database URL's IPv6 address has no closing bracket");
      }
      host = text.substring(1, end);
      portAt = end + 1;
      if (portAt < text.length() && text.charAt(portAt) != ':') {
        throw new DatabaseUrlException(
            "the database URL has something other than a port after an IPv6 address");
      }
    } else {
      // PGHOST holds a bare IPv6 address: more than one colon is no port.
      boolean bareIpv6 = text.indexOf(':') != text.lastIndexOf(':');
      portAt = text.indexOf(':') < 0 || bareIpv6 ? text.length() : text.indexOf(':');
      host = text.substring(0, portAt);
    }
    String port = portAt + 1 < text.length() ? text.substring(portAt + 1) : defaultPort;
    return new HostPort(host.isEmpty() ? "localhost" : host, port(port));
  }

  private static int port(String port) throws DatabaseUrlException {
    if (port.isEmpty()) {
      return 5432;
    }
    if (!port.matches("\\d{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65_535) {
      throw new DatabaseUrlException("the database URL's port is not a number from 1 to 65535");
    }
    return Integer.parseInt(port);
  }
}
