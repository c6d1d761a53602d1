package dev.spanwise.analyzer.postgresql.log;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * When an entry was written.
 *
 * @param nanos nanoseconds since the epoch
 * @param precisionNanos what it was cut off to
 */
record LogTime(long nanos, long precisionNanos) {

  /** A timestamp whose zone or date cannot be read. */
  static final class UnreadableException extends Exception {

    UnreadableException(String message) {
      super(message);
    }
  }

  /** Reads what {@code %m}, {@code %t}, {@code %n} or jsonlog printed. */
  static LogTime parse(String printed, TimeZones zones) throws UnreadableException {
    int dot = printed.indexOf('.');
    int zoneAt = printed.lastIndexOf(' ');
    int secondsEnd = dot >= 0 ? dot : zoneAt;
    int fractionEnd = zoneAt > dot ? zoneAt : printed.length();
    String fraction = dot >= 0 ? printed.substring(dot + 1, fractionEnd) : "";
    try {
      long fractionNanos =
          fraction.isEmpty() ? 0 : Long.parseLong((fraction + "0".repeat(9)).substring(0, 9));
      long precision = 1_000_000_000L;
      for (int i = 0; i < Math.min(9, fraction.length()); i++) {
        precision /= 10;
      }
      long seconds =
          printed.indexOf('-') > 0
              ? seconds(printed.substring(0, secondsEnd), printed.substring(zoneAt + 1), zones)
              : Long.parseLong(printed.substring(0, secondsEnd));
      return new LogTime(
          Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), fractionNanos), precision);
    } catch (DateTimeException
        | ArithmeticException
        | NumberFormatException
        | StringIndexOutOfBoundsException e) {
      throw new UnreadableException("the timestamp is not one that PostgreSQL prints");
    }
  }

  private static long seconds(String dateTime, String zone, TimeZones zones)
      throws UnreadableException {
    LocalDateTime local = local(dateTime);
    ZoneOffset offset = zones.offset(zone, local);
    if (offset == null) {
      throw new UnreadableException(
          "the time zone abbreviation "
              + zone
              + " has no single meaning: give the server's log_timezone");
    }
    return local.toEpochSecond(offset);
  }

  /**
   * Years have four digits but in the far future; each entry has a time, so without a formatter.
   */
  private static LocalDateTime local(String dateTime) {
    if (dateTime.length() != "2026-11-22 12:00:00".length()) {
      return LocalDateTime.parse(dateTime.replace(' ', 'T'));
    }
    return LocalDateTime.of(
        number(dateTime, 0, 4),
        number(dateTime, 5, 7),
        number(dateTime, 8, 10),
        number(dateTime, 11, 13),
        number(dateTime, 14, 16),
        number(dateTime, 17, 19));
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
