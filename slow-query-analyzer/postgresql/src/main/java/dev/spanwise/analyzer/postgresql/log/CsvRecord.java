package dev.spanwise.analyzer.postgresql.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one record of csvlog apart. Stateless. */
final class CsvRecord {

  private static final int TIME = 0;
  private static final int PROCESS_ID = 3;
  private static final int COMMAND_TAG = 7;
  private static final int SEVERITY = 11;
  private static final int MESSAGE = 13;
  private static final int DETAIL = 14;
  private static final int QUERY = 19;
  private static final int APPLICATION_NAME = 22;
  private static final int LEADER_PID = 24;

  private CsvRecord() {}

  /**
   * The record's values as <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> quotes.
   */
  static List<byte[]> values(byte[] record) {
    List<byte[]> values = new ArrayList<>();
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    boolean quoted = false;
    for (int i = 0; i < record.length; i++) {
      byte c = record[i];
      if (c == '"') {
        boolean doubled = quoted && i + 1 < record.length && record[i + 1] == '"';
        if (doubled) {
          value.write('"');
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (c == ',' || c == '\n')) {
        values.add(value.toByteArray());
        value.reset();
      } else {
        value.write(c);
      }
    }
    return values;
  }

  static void read(long line, List<byte[]> values, EntryReader reader, Outcomes outcomes) {
    if (values.size() <= MESSAGE) {
      outcomes.reject(
          line, "the entry has " + values.size() + " columns: csvlog has 23 of them at least");
      return;
    }
    try {
      String severity = text(values, SEVERITY);
      if (severity != null && !Messages.isEnglish(severity)) {
        outcomes.rejectOnce(line, Messages.FOREIGN);
      }
      Integer pid = number(values, PROCESS_ID);
      outcomes.ended(severity, pid);
      String time = text(values, TIME);
      String message = text(values, MESSAGE);
      reader.read(
          new LogEntry(
              line,
              time == null ? "" : time,
              pid,
              number(values, LEADER_PID),
              text(values, APPLICATION_NAME),
              text(values, COMMAND_TAG),
              message == null ? "" : message,
              text(values, DETAIL),
              text(values, QUERY),
              false),
          outcomes);
    } catch (CharacterCodingException e) {
      outcomes.reject(line, "the entry is not UTF-8");
    }
  }

  private static @Nullable String text(List<byte[]> values, int column)
      throws CharacterCodingException {
    if (column >= values.size() || values.get(column).length == 0) {
      return null;
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(values.get(column)))
        .toString();
  }

  private static @Nullable Integer number(List<byte[]> values, int column)
      throws CharacterCodingException {
    String digits = text(values, column);
    try {
      return digits == null ? null : Integer.valueOf(digits);
    } catch (NumberFormatException notANumber) {
      return null;
    }
  }
}
