package dev.spanwise.analyzer.postgresql.log;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One record of comma-separated values an entry; a quoted value can hold line ends. See <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG">csvlog</a>:
 * 23 columns until PostgreSQL 12, 24 in 13, 26 from 14 on.
 */
final class CsvLogFormat implements EntryFormat {

  private static final int HEAD_BYTES = 400;

  /** How a record begins: time, user, database, process id. */
  private static final Pattern HEAD =
      Pattern.compile(
          LinePrefix.TIME + ",(?:\"(?:[^\"]|\"\")*\")?,(?:\"(?:[^\"]|\"\")*\")?,\\d+,.*",
          Pattern.DOTALL);

  private static final String STRAY =
      "not part of a csvlog entry: does not begin with a timestamp, a user, a database and a"
          + " process id";
  private static final String NOT_CLOSED =
      "the entry is cut off: a quoted value does not end before the next entry";

  private final EntryQueue queue;
  private final GrowingBytes record = new GrowingBytes();
  private long first;
  private boolean open;
  private boolean quoted;
  private boolean tooLarge;

  CsvLogFormat(EntryQueue queue) {
    this.queue = queue;
  }

  static boolean isHead(Line line) {
    return line.length() > 30 && line.at(4) == '-' && HEAD.matcher(line.head(HEAD_BYTES)).matches();
  }

  @Override
  public void line(Line line) {
    if (open && isHead(line)) {
      // Quotes inside a value are doubled: only a line of one that names neither a user nor a
      // database looks like this too, and its entry is told to be cut off.
      reject(NOT_CLOSED);
    }
    if (!open) {
      if (!isHead(line)) {
        strayUnlessBlank(line);
        return;
      }
      open = true;
      first = line.number();
    }
    append(line);
    if (!quoted) {
      finish();
    }
  }

  private void strayUnlessBlank(Line line) {
    if (!line.isBlank()) {
      long number = line.number();
      queue.add(number, (reader, outcomes) -> outcomes.stray(number, STRAY), 0);
    }
  }

  private void append(Line line) {
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.at(i) == '"';
    }
    if (line.cut() || record.size() + line.length() >= ServerLogDecoder.MAX_ENTRY_BYTES) {
      tooLarge = true;
      record.reset();
    }
    if (!tooLarge) {
      line.writeTo(record, 0);
    }
  }

  private void finish() {
    if (tooLarge) {
      reject(ServerLogDecoder.TOO_LARGE);
      return;
    }
    long line = first;
    byte[] bytes = record.copy();
    close();
    queue.add(
        line,
        (reader, outcomes) -> {
          outcomes.entrySeen();
          List<byte[]> values = CsvRecord.values(bytes);
          CsvRecord.read(line, values, reader, outcomes);
        },
        bytes.length);
  }

  private void reject(String reason) {
    long line = first;
    String told = tooLarge ? ServerLogDecoder.TOO_LARGE : reason;
    close();
    queue.add(
        line,
        (reader, outcomes) -> {
          outcomes.entrySeen();
          outcomes.reject(line, told);
        },
        0);
  }

  private void close() {
    record.reset();
    open = false;
    quoted = false;
    tooLarge = false;
  }

  /** A record ends with its last line, so what is held is not whole. */
  @Override
  public void quiet() {}

  @Override
  public void end() {
    if (open) {
      reject("the entry is cut off: it is the last, and a quoted value in it does not end");
    }
  }

  @Override
  public String reasonWithoutEntries() {
    return "no line begins a csvlog entry: a timestamp, a user, a database and a process id";
  }
}
