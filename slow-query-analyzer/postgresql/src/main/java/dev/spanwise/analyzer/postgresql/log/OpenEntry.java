package dev.spanwise.analyzer.postgresql.log;

import java.nio.charset.CharacterCodingException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry in stderr format whose lines are still coming. For one thread. */
final class OpenEntry {

  private final long line;
  private final LinePrefix.Head head;
  private final GrowingBytes message = new GrowingBytes();
  private @Nullable GrowingBytes detail;
  private @Nullable GrowingBytes statement;

  /** The part that further lines belong to; null for one that is not kept. */
  private @Nullable GrowingBytes part = message;

  private int bytes;
  private boolean tooLarge;
  private boolean tabbed;

  OpenEntry(Line first, LinePrefix.Head head) {
    this.line = first.number();
    this.head = head;
    append(first, head.messageAt());
  }

  /**
   * Whether a line without a tab can belong to it: copying a log from a terminal turns tabs into
   * spaces, and then no line of a plan has one.
   */
  boolean tabsAreLost() {
    return !tabbed && head.message().stripTrailing().endsWith("plan:");
  }

  long line() {
    return line;
  }

  int bytes() {
    return bytes;
  }

  /** Takes a line that begins with a tab. */
  void continuation(Line more) {
    tabbed = true;
    append(more, 1);
  }

  /** Begins a part. {@code DETAIL} of a duration holds the parameters' values: it is not kept. */
  void part(Line first, LinePrefix.Head partHead) {
    part = Objects.equals(head.pid(), partHead.pid()) ? kept(partHead.label()) : null;
    append(first, partHead.messageAt());
  }

  private @Nullable GrowingBytes kept(String label) {
    if (label.equals("STATEMENT")) {
      statement = statement == null ? new GrowingBytes() : statement;
      return statement;
    }
    if (label.equals("DETAIL") && head.message().startsWith(Messages.PROCESS)) {
      detail = detail == null ? new GrowingBytes() : detail;
      return detail;
    }
    return null;
  }

  void append(Line more, int skipped) {
    if (part == null || tooLarge) {
      return;
    }
    if (more.cut() || bytes + more.length() >= ServerLogDecoder.MAX_ENTRY_BYTES) {
      tooLarge = true;
      bytes = 0;
      message.reset();
      detail = null;
      statement = null;
    } else {
      more.writeTo(part, skipped);
      bytes += more.length() - skipped + 1;
    }
  }

  PendingEntry pending(boolean last) {
    if (tooLarge) {
      return (reader, outcomes) -> outcomes.reject(line, ServerLogDecoder.TOO_LARGE);
    }
    return (reader, outcomes) -> {
      LogEntry entry;
      try {
        entry = entry(last);
      } catch (CharacterCodingException e) {
        outcomes.reject(line, "the entry is not UTF-8");
        return;
      }
      reader.read(entry, outcomes);
    };
  }

  private LogEntry entry(boolean last) throws CharacterCodingException {
    return new LogEntry(
        line,
        head.time(),
        head.pid(),
        head.leaderPid(),
        head.applicationName(),
        null,
        message.text(),
        detail == null ? null : detail.text(),
        statement == null ? null : statement.text(),
        last);
  }
}
