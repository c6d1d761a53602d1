package dev.spanwise.analyzer.postgresql.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds timestamp, process id and message in the first line of a log entry. Thread-safe. */
final class LinePrefix {

  /** What {@code %m}, {@code %t} and {@code %s} print. The zone is an abbreviation or an offset. */
  static final String TIME =
      "\\d{4,6}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})? "
          + "(?:[A-Za-z]{1,10}|[+-]\\d\\d(?:\\d\\d){0,2})";

  /** What {@code %n} prints. */
  static final String EPOCH = "\\d{9,11}\\.\\d{3}";

  /** What {@code %c} prints: start time and process id, both hexadecimal. */
  static final String SESSION = "[0-9a-f]{1,16}\\.[0-9a-f]{1,8}";

  /** The severity, in any language, and the two spaces after it. */
  private static final String LABEL = " *\\p{L}[\\p{L}\\p{M}\\p{N}]{0,30}: {1,2}";

  /**
   * The start of an entry.
   *
   * @param time as {@link #TIME} or {@link #EPOCH}
   * @param pid backend process id; null where the prefix leaves it out, as {@code %q} does in
   *     background processes
   * @param message the first line of the message
   */
  record Head(String time, @Nullable Integer pid, String message) {}

  private final Pattern pattern;
  private final boolean hasPid;

  /**
   * @param regex for the prefix alone, with a group {@code time} and a group {@code pid} (decimal)
   *     or {@code session}
   */
  LinePrefix(String regex) {
    this.hasPid = regex.contains("(?<pid>");
    this.pattern = Pattern.compile(regex + LABEL, Pattern.DOTALL);
  }

  /**
   * Compiles a {@code log_line_prefix}. As in the server, unknown escapes print nothing.
   *
   * @throws IllegalArgumentException if it prints no timestamp or no process id
   */
  static LinePrefix of(String logLinePrefix) {
    String regex = LinePrefixCompiler.regex(logLinePrefix);
    if (!regex.contains("(?<time>")) {
      throw lacking("timestamp", logLinePrefix);
    }
    if (!regex.contains("(?<pid>") && !regex.contains("(?<session>")) {
      throw lacking("process id", logLinePrefix);
    }
    return new LinePrefix(regex);
  }

  private static IllegalArgumentException lacking(String what, String logLinePrefix) {
    return new IllegalArgumentException(
        "log_line_prefix '"
            + logLinePrefix
            + "' has no "
            + what
            + ": it "
            + ServerLogOptions.LINE_PREFIX_RULE);
  }

  /** The entry that {@code line} begins; null where it begins none. */
  @Nullable Head match(String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.lookingAt()) {
      return null;
    }
    String time = matcher.group("time");
    if (time == null) {
      return null;
    }
    return new Head(time, pid(matcher), line.substring(matcher.end()));
  }

  private @Nullable Integer pid(Matcher matcher) {
    try {
      if (hasPid) {
        String pid = matcher.group("pid");
        return pid == null ? null : Integer.valueOf(pid);
      }
      String session = matcher.group("session");
      return session == null
          ? null
          : Integer.valueOf(session.substring(session.indexOf('.') + 1), 16);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }
}
