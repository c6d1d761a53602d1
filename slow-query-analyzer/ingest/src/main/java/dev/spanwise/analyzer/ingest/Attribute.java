package dev.spanwise.analyzer.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that are read; all others are passed over.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-spans/">database
 *     conventions</a>
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">HTTP conventions</a>
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/">messaging
 *     conventions</a>
 */
enum Attribute {
  DB_OPERATION_NAME("db.operation.name"),
  DB_QUERY_TEXT("db.query.text"),
  DB_RESPONSE_RETURNED_ROWS("db.response.returned_rows"),
  DB_SYSTEM_NAME("db.system.name"),
  HTTP_REQUEST_METHOD("http.request.method"),
  HTTP_ROUTE("http.route"),
  MESSAGING_CONSUMER_GROUP_NAME("messaging.consumer.group.name"),
  MESSAGING_DESTINATION_NAME("messaging.destination.name"),
  MESSAGING_OPERATION_NAME("messaging.operation.name"),
  MESSAGING_SYSTEM("messaging.system"),
  POSTGRESQL_PID(DeclaredAttributes.POSTGRESQL_PID),
  READ_NAME(DeclaredAttributes.SPANWISE_READ_NAME),
  SERVICE_NAME("service.name"),

  // The conventions' names before they were stable.
  OLDER_DB_OPERATION("db.operation"),
  OLDER_DB_STATEMENT("db.statement"),
  OLDER_DB_SYSTEM("db.system"),
  OLDER_HTTP_METHOD("http.method"),
  OLDER_MESSAGING_CONSUMER_GROUP("messaging.kafka.consumer.group"),
  OLDER_MESSAGING_OPERATION("messaging.operation");

  private static final List<List<Attribute>> BY_LENGTH = byLength();

  @SuppressWarnings("ImmutableEnumChecker") // nothing writes to it
  private final byte[] key;

  Attribute(String key) {
    this.key = key.getBytes(StandardCharsets.UTF_8);
  }

  static @Nullable Attribute of(byte[] bytes, int offset, int length) {
    if (length >= BY_LENGTH.size()) {
      return null;
    }
    List<Attribute> candidates = BY_LENGTH.get(length);
    for (int i = 0; i < candidates.size(); i++) {
      Attribute candidate = candidates.get(i);
      if (Arrays.equals(candidate.key, 0, length, bytes, offset, offset + length)) {
        return candidate;
      }
    }
    return null;
  }

  static @Nullable Attribute of(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  private static List<List<Attribute>> byLength() {
    List<List<Attribute>> lists = new ArrayList<>();
    for (Attribute attribute : values()) {
      while (lists.size() <= attribute.key.length) {
        lists.add(new ArrayList<>());
      }
      lists.get(attribute.key.length).add(attribute);
    }
    return lists;
  }
}
