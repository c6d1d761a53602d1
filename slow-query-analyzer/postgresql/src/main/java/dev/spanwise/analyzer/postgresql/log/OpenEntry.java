package dev.spanwise.analyzer.postgresql.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An entry in stderr format whose lines are still coming. For one thread. */
final class OpenEntry {

  private final long line;
  private final LinePrefix.Head head;
  private final ByteArrayOutputStream message = new ByteArrayOutputStream();
  private final ByteArrayOutputStream detail = new ByteArrayOutputStream();
  private final ByteArrayOutputStream statement = new ByteArrayOutputStream();

  /** The part that further lines belong to; null for one that is not kept. */
  private @Nullable ByteArrayOutputStream part = message;

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

  int bytes() {
    return message.size() + detail.size() + statement.size();
  }

  /** Takes a line that begins with a tab. */
  void continuation(Line more) {
    tabbed = true;
    append(more, 1);
  }

  /** Begins a part. {@code DETAIL} of a duration holds the parameters' values: it is not kept. */
  void part(Line first, LinePrefix.Head partHead) {
    boolean ofLockWait = head.message().startsWith(Messages.PROCESS);
    boolean ofThisBackend = Objects.equals(head.pid(), partHead.pid());
    part =
        switch (partHead.label()) {
          case "STATEMENT" -> ofThisBackend ? statement : null;
          case "DETAIL" -> ofThisBackend && ofLockWait ? detail : null;
          default -> null;
        };
    append(first, partHead.messageAt());
  }

  void append(Line more, int skipped) {
    if (part == null || tooLarge) {
      return;
    }
    if (more.cut() || bytes() + more.length() >= ServerLogDecoder.MAX_ENTRY_BYTES) {
      tooLarge = true;
      message.reset();
      detail.reset();
      statement.reset();
    } else {
      more.writeTo(part, skipped);
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
        text(message),
        detail.size() == 0 ? null : text(detail),
        statement.size() == 0 ? null : text(statement),
        last);
  }

  /** The lines without the last one's end. */
  private static String text(ByteArrayOutputStream lines) throws CharacterCodingException {
    byte[] bytes = lines.toByteArray();
    ByteBuffer withoutEnd = ByteBuffer.wrap(bytes, 0, bytes.length - 1);
    return StandardCharsets.UTF_8.newDecoder().decode(withoutEnd).toString();
  }
}
