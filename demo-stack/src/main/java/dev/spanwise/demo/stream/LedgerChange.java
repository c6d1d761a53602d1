package dev.spanwise.demo.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;

/**
 * One row of the ledger as a transaction left it: what a message on the streams says, in JSON.
 *
 * @param table of the ledger
 * @param operation {@code insert}, {@code update} or {@code delete}
 * @param committedAt when the ledger committed it, by its own clock
 * @param row by column; of a deleted row what it was
 */
public record LedgerChange(String table, String operation, Instant committedAt, JsonNode row) {
  private static final ObjectMapper json = new ObjectMapper();

  /** The message's body. */
  public byte[] toBytes() {
    ObjectNode message = json.createObjectNode();
    message.put("table", table);
    message.put("operation", operation);
    message.put("committed_at", committedAt.toString());
    message.set("row", row);
    try {
      return json.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON cannot be written", e);
    }
  }

  /**
   * Reads a message's body.
   *
   * @throws MalformedChangeException if it is no change
   */
  public static LedgerChange of(byte[] body) throws MalformedChangeException {
    try {
      JsonNode message = json.readTree(body);
      return new LedgerChange(
          text(message, "table"),
          text(message, "operation"),
          Instant.parse(text(message, "committed_at")),
          field(message, "row"));
    } catch (IOException | java.time.DateTimeException e) {
      throw new MalformedChangeException("the message is no change of the ledger", e);
    }
  }

  /**
   * A column that holds a whole number.
   *
   * @throws MalformedChangeException if the row has no such column, or no such value in it
   */
  public long number(String column) throws MalformedChangeException {
    JsonNode value = field(row, column);
    if (!value.canConvertToLong()) {
      throw new MalformedChangeException(column + " of " + table + " is no whole number", null);
    }
    return value.longValue();
  }

  /**
   * A column that holds text.
   *
   * @throws MalformedChangeException if the row has no such column, or no text in it
   */
  public String text(String column) throws MalformedChangeException {
    return text(row, column);
  }

  private static String text(JsonNode object, String name) throws MalformedChangeException {
    JsonNode value = field(object, name);
    if (!value.isTextual()) {
      throw new MalformedChangeException(name + " is no text", null);
    }
    return value.textValue();
  }

  private static JsonNode field(JsonNode object, String name) throws MalformedChangeException {
    JsonNode value = object.get(name);
    if (value == null || value.isNull()) {
      throw new MalformedChangeException(name + " is missing", null);
    }
    return value;
  }
}
