package dev.spanwise.analyzer.postgresql.log;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The zones that PostgreSQL prints after a timestamp. Immutable. */
final class TimeZones {

  /**
   * Abbreviations that mean one offset wherever the time zone database uses them today. CST, IST
   * and PST, among others, do not.
   */
  private static final Map<String, String> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("UTC", "+00:00"),
          Map.entry("GMT", "+00:00"),
          Map.entry("UCT", "+00:00"),
          Map.entry("Z", "+00:00"),
          Map.entry("WET", "+00:00"),
          Map.entry("WEST", "+01:00"),
          Map.entry("BST", "+01:00"),
          Map.entry("WAT", "+01:00"),
          Map.entry("CET", "+01:00"),
          Map.entry("CEST", "+02:00"),
          Map.entry("CAT", "+02:00"),
          Map.entry("SAST", "+02:00"),
          Map.entry("EET", "+02:00"),
          Map.entry("EEST", "+03:00"),
          Map.entry("EAT", "+03:00"),
          Map.entry("MSK", "+03:00"),
          Map.entry("IDT", "+03:00"),
          Map.entry("PKT", "+05:00"),
          Map.entry("WIB", "+07:00"),
          Map.entry("HKT", "+08:00"),
          Map.entry("WITA", "+08:00"),
          Map.entry("AWST", "+08:00"),
          Map.entry("JST", "+09:00"),
          Map.entry("KST", "+09:00"),
          Map.entry("WIT", "+09:00"),
          Map.entry("ACST", "+09:30"),
          Map.entry("ACDT", "+10:30"),
          Map.entry("AEST", "+10:00"),
          Map.entry("AEDT", "+11:00"),
          Map.entry("NZST", "+12:00"),
          Map.entry("NZDT", "+13:00"),
          Map.entry("NST", "-03:30"),
          Map.entry("NDT", "-02:30"),
          Map.entry("AST", "-04:00"),
          Map.entry("ADT", "-03:00"),
          Map.entry("EST", "-05:00"),
          Map.entry("EDT", "-04:00"),
          Map.entry("MST", "-07:00"),
          Map.entry("MDT", "-06:00"),
          Map.entry("PDT", "-07:00"),
          Map.entry("AKST", "-09:00"),
          Map.entry("AKDT", "-08:00"),
          Map.entry("HST", "-10:00"),
          Map.entry("HDT", "-09:00"));

  private final @Nullable ZoneId fallback;

  TimeZones(@Nullable ZoneId fallback) {
    this.fallback = fallback;
  }

  /** The offset that {@code printed} means at {@code time}; null where it cannot be told. */
  @Nullable ZoneOffset offset(String printed, LocalDateTime time) {
    char first = printed.charAt(0);
    if (first == '+' || first == '-') {
      return ZoneOffset.of(printed);
    }
    String known = ABBREVIATIONS.get(printed);
    if (known != null) {
      return ZoneOffset.of(known);
    }
    return fallback == null ? null : offset(printed, time, fallback);
  }

  /** In the hour that occurs twice when summer time ends, the abbreviation decides. */
  private static ZoneOffset offset(String printed, LocalDateTime time, ZoneId zone) {
    List<ZoneOffset> valid = zone.getRules().getValidOffsets(time);
    if (valid.size() > 1) {
      TimeZone names = TimeZone.getTimeZone(zone);
      boolean standard = printed.equals(names.getDisplayName(false, TimeZone.SHORT, Locale.US));
      return valid.get(standard ? valid.size() - 1 : 0);
    }
    return zone.getRules().getOffset(time);
  }
}
