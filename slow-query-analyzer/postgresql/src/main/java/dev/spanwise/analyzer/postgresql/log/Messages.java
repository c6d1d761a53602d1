package dev.spanwise.analyzer.postgresql.log;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the messages begin that are read. All but auto_explain's are translated where {@code
 * lc_messages} says so, and then not read.
 */
final class Messages {

  static final String DURATION = "duration: ";
  static final String STATEMENT = "statement: ";
  static final String EXECUTE = "execute ";
  static final String PROCESS = "process ";
  static final String TEMPORARY_FILE = "temporary file: ";

  static final String FOREIGN =
      "messages in another language than English: of such a log only auto_explain's plans are read,"
          + " and no duration, lock wait or temporary file: set lc_messages to C";

  /** What stands before the first colon of "Dauer: 1.234 ms", in characters. */
  private static final int FOREIGN_WORD = 30;

  /** What Chinese and Japanese put in the colon's place. */
  private static final char FULL_WIDTH_COLON = '\uff1a';

  private static final Pattern FOREIGN_DURATION =
      Pattern.compile(
          "[\\p{L}\\p{M} \u00a0]{2,30}[:\uff1a][ \u00a0]?\\d+[.,]\\d{3}[ \u00a0]?\\p{L}.*");

  /** Severities with which a statement ends before its time. */
  private static final Set<String> FAILURES = Set.of("ERROR", "FATAL", "PANIC");

  /** What the server prints before a message in English: severities and parts of an entry. */
  static final Set<String> LABELS =
      Set.of(
          "DEBUG",
          "DEBUG1",
          "DEBUG2",
          "DEBUG3",
          "DEBUG4",
          "DEBUG5",
          "INFO",
          "NOTICE",
          "LOG",
          "WARNING",
          "ERROR",
          "FATAL",
          "PANIC",
          "DETAIL",
          "HINT",
          "QUERY",
          "CONTEXT",
          "LOCATION",
          "STATEMENT",
          "BACKTRACE");

  private Messages() {}

  /** Whether {@code message} is of {@code log_statement}: a statement begins. */
  static boolean begins(String message) {
    return message.startsWith(STATEMENT) || message.startsWith(EXECUTE);
  }

  /** Whether an entry of {@code severity} ends the statement that its backend had begun. */
  static boolean endsStatement(String severity) {
    return FAILURES.contains(severity);
  }

  /** Whether an entry with this first line is to be read. */
  static boolean matter(String firstLine) {
    return firstLine.startsWith(DURATION)
        || begins(firstLine)
        || firstLine.startsWith(PROCESS)
        || firstLine.startsWith(TEMPORARY_FILE);
  }

  /** Whether the server printed {@code label} in English, as far as the words tell. */
  static boolean isEnglish(String label) {
    return LABELS.contains(label);
  }

  /** Whether {@code message} tells a duration in another language. */
  static boolean isForeignDuration(String message) {
    int length = Math.min(message.length() - 1, FOREIGN_WORD + 1);
    for (int i = 0; i < length; i++) {
      char c = message.charAt(i);
      if (c == ':' || c == FULL_WIDTH_COLON) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return !line.startsWith(DURATION) && FOREIGN_DURATION.matcher(line).matches();
      }
    }
    return false;
  }
}
