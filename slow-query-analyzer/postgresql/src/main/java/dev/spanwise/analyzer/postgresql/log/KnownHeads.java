package dev.spanwise.analyzer.postgresql.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The heads of lines that begin as an earlier one did but for the digits of their time, which most
 * lines of a backend do: a regular expression takes longer to take such a line apart than all else
 * that is done with it. Holds {@value #HELD} heads. For one thread.
 */
final class KnownHeads {

  private static final int HELD = 1_000;
  private static final int SQLSTATE_LENGTH = 5;

  /** Without time and message, by what stands between them. */
  private final Map<String, LinePrefix.Head> heads = new HashMap<>();

  /** With which the last line began that was added; each like it has digits where it has. */
  private @Nullable String time;

  /** Notes how a line begins. */
  void add(Line line, LinePrefix.Head head) {
    String printed = head.time();
    if (printed.charAt(4) != '-' || !line.startsWith(printed.getBytes(UTF_8))) {
      return;
    }
    if (heads.size() >= HELD || (time != null && printed.length() != time.length())) {
      heads.clear();
    }
    time = printed;
    LinePrefix.Head kept =
        new LinePrefix.Head(
            "",
            head.pid(),
            head.leaderPid(),
            head.applicationName(),
            head.label(),
            "",
            head.messageAt());
    heads.put(between(line, printed.length(), head.messageAt()), kept);
  }

  /**
   * The head of a line; null where none like it is known.
   *
   * @param limit how many bytes of the line to look at
   */
  LinePrefix.@Nullable Head of(Line line, int limit) {
    String known = time;
    if (known == null || !hasTimeLike(line, known)) {
      return null;
    }
    int end = Math.min(line.length(), limit) - 1;
    int from = known.length();
    for (int i = line.indexOf(':', from, end); i >= 0; i = line.indexOf(':', i + 1, end)) {
      if (line.at(i + 1) == ' ') {
        boolean two = i + 2 < line.length() && line.at(i + 2) == ' ';
        int messageAt = two ? i + 3 : i + 2;
        LinePrefix.Head head = heads.get(between(line, from, messageAt));
        if (head != null) {
          return beginsWithSqlState(line, messageAt) ? null : at(line, head, from, limit);
        }
      }
    }
    return null;
  }

  private static LinePrefix.Head at(Line line, LinePrefix.Head head, int timeLength, int limit) {
    return new LinePrefix.Head(
        line.text(0, timeLength, UTF_8),
        head.pid(),
        head.leaderPid(),
        head.applicationName(),
        head.label(),
        line.text(head.messageAt(), Math.min(limit, line.length()), UTF_8),
        head.messageAt());
  }

  private static boolean hasTimeLike(Line line, String known) {
    if (line.length() < known.length()) {
      return false;
    }
    for (int i = 0; i < known.length(); i++) {
      boolean digit = isDigit(known.charAt(i));
      if (digit ? !isDigit((char) line.at(i)) : line.at(i) != known.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** Whether what looks like a message is what log_error_verbosity puts before one. */
  private static boolean beginsWithSqlState(Line line, int at) {
    int colon = at + SQLSTATE_LENGTH;
    if (line.length() < colon + 2 || line.at(colon) != ':' || line.at(colon + 1) != ' ') {
      return false;
    }
    for (int i = at; i < colon; i++) {
      char c = (char) line.at(i);
      if (!isDigit(c) && (c < 'A' || c > 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static String between(Line line, int from, int to) {
    return line.text(from, to, ISO_8859_1);
  }
}
