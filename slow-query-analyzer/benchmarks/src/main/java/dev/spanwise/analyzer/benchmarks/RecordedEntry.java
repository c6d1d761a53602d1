package dev.spanwise.analyzer.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry that a real server logged, in which time, process id and literals can be others.
 *
 * @param parts what stays, with a slot after each but the last
 * @param slots what varies
 * @param durationMicros how long what it tells of took; 0 where it does not say
 * @param query the statement of a plan; null for another entry
 */
record RecordedEntry(
    List<byte[]> parts, List<Slot> slots, long durationMicros, @Nullable String query) {

  /** The log_line_prefix of the recording. */
  static final String PREFIX = "%m [%p] %q%u@%d ";

  private static final Pattern START =
      Pattern.compile(
          "^(?=\\d{4}-\\d\\d-\\d\\d [^\\n]* (?!DETAIL|CONTEXT|STATEMENT)[A-Z]+:  )",
          Pattern.MULTILINE);
  private static final Pattern VARIES =
      Pattern.compile(
          "(?m)^(\\d{4}-\\d\\d-\\d\\d [\\d:.]+) UTC|(?<= UTC \\[)(\\d+)(?=])|\\b91\\d{4}\\b");
  private static final Pattern DURATION = Pattern.compile("duration: (\\d+)\\.(\\d{3}) ms");
  private static final Pattern QUERY = Pattern.compile("\"Query Text\": \"(.*)\",\\n");

  enum Slot {
    TIME,
    PID,
    LITERAL
  }

  /** Writes the values that vary. */
  interface Values {
    void write(Slot slot, OutputStream target) throws IOException;
  }

  static List<RecordedEntry> all() throws IOException {
    try (InputStream recorded = RecordedEntry.class.getResourceAsStream("log/recorded.log")) {
      if (recorded == null) {
        throw new IOException("log/recorded.log is missing from the class path");
      }
      List<RecordedEntry> entries = new ArrayList<>();
      for (String entry : START.split(new String(recorded.readAllBytes(), UTF_8), -1)) {
        entries.add(of(entry));
      }
      return entries;
    }
  }

  private static RecordedEntry of(String entry) {
    List<byte[]> parts = new ArrayList<>();
    List<Slot> slots = new ArrayList<>();
    Matcher varies = VARIES.matcher(entry);
    int end = 0;
    while (varies.find()) {
      parts.add(entry.substring(end, varies.start()).getBytes(UTF_8));
      boolean time = varies.group(1) != null;
      slots.add(time ? Slot.TIME : varies.group(2) != null ? Slot.PID : Slot.LITERAL);
      end = time ? varies.end(1) : varies.end();
    }
    parts.add(entry.substring(end).getBytes(UTF_8));
    Matcher duration = DURATION.matcher(entry);
    Matcher query = QUERY.matcher(entry);
    return new RecordedEntry(
        parts,
        slots,
        duration.find() ? Long.parseLong(duration.group(1) + duration.group(2)) : 0,
        query.find() ? query.group(1).replace("\\\"", "\"") : null);
  }

  /** The JSON of a plan's entry, with other literals. */
  String planText() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    write(text, (slot, target) -> target.write('0'));
    String entry = text.toString(UTF_8);
    return entry.substring(entry.indexOf('{'), entry.lastIndexOf('}') + 1);
  }

  /** Writes it with other values. */
  void write(OutputStream target, Values values) throws IOException {
    for (int i = 0; i < slots.size(); i++) {
      target.write(parts.get(i));
      values.write(slots.get(i), target);
    }
    target.write(parts.get(slots.size()));
  }
}
