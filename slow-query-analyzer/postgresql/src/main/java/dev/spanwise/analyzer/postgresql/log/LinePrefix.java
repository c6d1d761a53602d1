package dev.spanwise.analyzer.postgresql.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the first line of a log entry apart. Thread-safe. */
final class LinePrefix {

  /** What {@code %m}, {@code %t} and {@code %s} print. The zone is an abbreviation or an offset. */
  static final String TIME =
      "\\d{4,6}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})? "
          + "(?:[A-Za-z]{1,10}|[+-]\\d\\d(?:\\d\\d){0,2})";

  /** What {@code %n} prints. */
  static final String EPOCH = "\\d{9,11}\\.\\d{3}";

  /** What {@code %c} prints: start time and process id, both hexadecimal. */
  static final String SESSION = "[0-9a-f]{1,16}\\.[0-9a-f]{1,8}";

  /**
   * What follows a severity: two spaces, one in some languages; AlloyDB has the place of the code.
   */
  private static final String COLON = ":(?: {1,2}|\\[[^\\s\\]]{1,80}\\] {0,2})";

  /** A severity, in any language; French has a space after it. No language has lower case in it. */
  private static final String LABEL =
      " *(?<label>[\\p{L}&&\\P{Ll}][\\p{L}\\p{M}\\p{N}&&\\P{Ll}]{0,30})[ \u00a0]?" + COLON;

  /** In English, which tells it from a time zone that a prefix ends with. */
  private static final String ENGLISH_LABEL =
      " *(?<label>" + String.join("|", Messages.LABELS) + ")" + COLON;

  /** A severity wherever it stands: in English, or with the two spaces that follow any. */
  private static final Pattern SEVERITY =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:(?:%s)%s|[\\p{L}&&\\P{Ll}]{2,30}[ \u00a0]?: {2}\\S)"
              .formatted(String.join("|", Messages.LABELS), COLON));

  /** In stderr format, log_error_verbosity = verbose puts it before the message. */
  private static final Pattern SQLSTATE = Pattern.compile("[0-9A-Z]{5}: ");

  /**
   * The start of an entry.
   *
   * @param time as {@link #TIME} or {@link #EPOCH}
   * @param pid backend process id; null where the prefix leaves it out, as {@code %q} does in
   *     background processes
   * @param leaderPid process id of a parallel worker's leader; null elsewhere, and where the prefix
   *     has none
   * @param applicationName null where the prefix has none
   * @param label severity, or the part of the entry: {@code LOG}, {@code DETAIL}, {@code STATEMENT}
   * @param message the first line of the message, without SQLSTATE
   * @param messageAt how many bytes of the line stand before it
   */
  record Head(
      String time,
      @Nullable Integer pid,
      @Nullable Integer leaderPid,
      @Nullable String applicationName,
      String label,
      String message,
      int messageAt) {}

  private final Pattern english;
  private final Pattern pattern;
  private final boolean hasPid;
  private final boolean hasLeader;
  private final boolean hasApplication;

  /**
   * @param regex for the prefix alone, with a group {@code time} and a group {@code pid} (decimal)
   *     or {@code session}; it can have groups {@code leader} and {@code app}
   */
  LinePrefix(String regex) {
    this.hasPid = regex.contains("(?<pid>");
    this.hasLeader = regex.contains("(?<leader>");
    this.hasApplication = regex.contains("(?<app>");
    this.english = Pattern.compile(regex + ENGLISH_LABEL, Pattern.DOTALL);
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

  /** Whether a severity stands in the line, whatever the prefix. */
  static boolean hasSeverity(String line) {
    return SEVERITY.matcher(line).find();
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
    Matcher matcher = english.matcher(line);
    if (!matcher.lookingAt()) {
      matcher = pattern.matcher(line);
      if (!matcher.lookingAt()) {
        return null;
      }
    }
    String time = matcher.group("time");
    if (time == null) {
      return null;
    }
    Matcher sqlState = SQLSTATE.matcher(line).region(matcher.end(), line.length());
    int messageAt = sqlState.lookingAt() ? sqlState.end() : matcher.end();
    return new Head(
        time,
        pid(matcher),
        hasLeader ? number(matcher.group("leader"), 10) : null,
        hasApplication ? matcher.group("app") : null,
        matcher.group("label"),
        line.substring(messageAt),
        bytes(line.substring(0, messageAt)));
  }

  /** How many bytes {@code text} was read from; each that was not UTF-8 became one U+FFFD. */
  private static int bytes(String text) {
    int bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 && c != '\ufffd') {
        // A surrogate is half of what takes four bytes.
        bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
    }
    return bytes;
  }

  private @Nullable Integer pid(Matcher matcher) {
    if (hasPid) {
      return number(matcher.group("pid"), 10);
    }
    String session = matcher.group("session");
    return session == null ? null : number(session.substring(session.indexOf('.') + 1), 16);
  }

  private static @Nullable Integer number(@Nullable String digits, int radix) {
    try {
      return digits == null ? null : Integer.valueOf(digits, radix);
    } catch (NumberFormatException emptyOrTooLarge) {
      return null;
    }
  }
}
