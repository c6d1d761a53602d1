package dev.spanwise.analyzer.postgresql.connection;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A URL cut into its parts, each decoded.
 *
 * @param hosts addresses, separated by commas; empty where there are none
 * @param database empty where there is none
 * @param parameters user and password included
 */
record UrlParts(String hosts, String database, Map<String, String> parameters) {

  private static final String JDBC = "jdbc:postgresql:";

  static UrlParts of(String url) throws DatabaseUrlException {
    String trimmed = url.strip();
    if (trimmed.startsWith(JDBC)) {
      String rest = trimmed.substring(JDBC.length());
      // jdbc:postgresql:database is the driver's short form.
      return rest.startsWith("//")
          ? authority(rest.substring(2), true)
          : authority("/" + (rest.startsWith("/") ? rest.substring(1) : rest), true);
    }
    for (String scheme : new String[] {"postgresql://", "postgres://"}) {
      if (trimmed.startsWith(scheme)) {
        return authority(trimmed.substring(scheme.length()), false);
      }
    }
    throw new DatabaseUrlException(
        "the database URL begins with none of postgresql://, postgres:// and jdbc:postgresql:");
  }

  /** A JDBC URL has no {@code user:password@}, and a plus sign in it means a space. */
  private static UrlParts authority(String text, boolean jdbc) throws DatabaseUrlException {
    int queryAt = indexOrEnd(text, '?');
    Map<String, String> parameters = new LinkedHashMap<>();
    String beforeQuery = text.substring(0, queryAt);
    int slash = indexOrEnd(beforeQuery, '/');
    String hosts = beforeQuery.substring(0, slash);
    // A password may hold an @ that nobody encoded; a host cannot.
    int at = hosts.lastIndexOf('@');
    if (at >= 0) {
      String credentials = hosts.substring(0, at);
      int colon = indexOrEnd(credentials, ':');
      parameters.put("user", decode(credentials.substring(0, colon), false, "user"));
      if (colon < credentials.length()) {
        parameters.put("password", decode(credentials.substring(colon + 1), false, "password"));
      }
      hosts = hosts.substring(at + 1);
    }
    String database =
        slash < beforeQuery.length()
            ? decode(beforeQuery.substring(slash + 1), jdbc, "database name")
            : "";
    if (at < 0 && database.contains("@")) {
      throw new DatabaseUrlException(
          "the database URL has an @ after the first /: a / in a password is written %2F");
    }
    if (queryAt < text.length()) {
      query(text.substring(queryAt + 1), jdbc, parameters);
    }
    return new UrlParts(decode(hosts, false, "host"), database, parameters);
  }

  private static void query(String query, boolean jdbc, Map<String, String> parameters)
      throws DatabaseUrlException {
    for (String parameter : query.split("&", -1)) {
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = indexOrEnd(parameter, '=');
      String name = decode(parameter.substring(0, equals), jdbc, "parameter name");
      if (name.isEmpty() || (equals == parameter.length() && !jdbc)) {
        throw new DatabaseUrlException("the database URL has a parameter that is not name=value");
      }
      String value = parameter.substring(Math.min(parameter.length(), equals + 1));
      parameters.put(name, decode(value, jdbc, name));
    }
  }

  private static int indexOrEnd(String text, char c) {
    int index = text.indexOf(c);
    return index < 0 ? text.length() : index;
  }

  private static String decode(String text, boolean plusIsSpace, String part)
      throws DatabaseUrlException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        int high = i + 2 <= encoded.length - 1 ? Character.digit(encoded[i + 1], 16) : -1;
        int low = i + 2 <= encoded.length - 1 ? Character.digit(encoded[i + 2], 16) : -1;
        if (high < 0 || low < 0 || high + low == 0) {
          throw new DatabaseUrlException(
              "the database URL's "
                  + part
                  + " has a % that is not followed by two hexadecimal"
                  + " digits; a percent sign itself is %25");
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else {
        bytes.write(plusIsSpace && encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DatabaseUrlException("the database URL's " + part + " is not UTF-8");
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
