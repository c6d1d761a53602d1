package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.rule.Percent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers with units, as people read them; the same on every machine. */
final class Quantity {

  static final String NOT_MEASURED = "–";

  private Quantity() {}

  static String milliseconds(@Nullable Double ms) {
    if (ms == null || !Double.isFinite(ms)) {
      return NOT_MEASURED;
    }
    if (ms < 0) {
      return "-" + milliseconds(-ms);
    }
    if (ms == 0) {
      return "0 ms";
    }
    if (ms < 0.1) {
      return significant(ms * 1000) + " µs";
    }
    if (ms < 999.5) {
      return significant(ms) + " ms";
    }
    if (ms < 59_950) {
      return significant(ms / 1000) + " s";
    }
    long seconds = Math.round(ms / 1000);
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : count(seconds / 3600) + " h " + seconds % 3600 / 60 + " min";
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** "1 span", "2 spans". */
  static String count(long count, String noun) {
    return count(count) + " " + (count == 1 ? noun : plural(noun));
  }

  /** Planner units: two decimals as EXPLAIN prints them, none where they say nothing. */
  static String cost(@Nullable Double cost) {
    if (cost == null || !Double.isFinite(cost)) {
      return NOT_MEASURED;
    }
    return String.format(Locale.ROOT, cost >= 1000 ? "%,.0f" : "%,.2f", cost);
  }

  static String bytes(@Nullable Long bytes) {
    return bytes == null ? NOT_MEASURED : bytes((double) bytes);
  }

  private static String bytes(double bytes) {
    String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
    int unit = 0;
    double scaled = bytes;
    while (Math.abs(scaled) >= 1024 && unit < units.length - 1) {
      scaled /= 1024;
      unit++;
    }
    return (unit == 0 ? number(scaled) : significant(scaled)) + " " + units[unit];
  }

  /**
   * How many times less: "2,170× less", "1.4× more", "about the same"; null where it cannot be
   * said.
   */
  static @Nullable String change(@Nullable Double before, @Nullable Double after) {
    if (before == null || after == null || !(before > 0) || !(after > 0)) {
      return null;
    }
    double factor = before / after;
    if (!Double.isFinite(factor)) {
      return null;
    }
    if (factor > 0.95 && factor < 1.05) {
      return "about the same";
    }
    return factor > 1 ? significant(factor) + "× less" : significant(1 / factor) + "× more";
  }

  /** "14.4×": how many times {@code after} goes into {@code before}. */
  static String factor(double before, double after) {
    double factor = before / after;
    return before > 0 && after > 0 && Double.isFinite(factor)
        ? significant(factor) + "×"
        : NOT_MEASURED;
  }

  static String of(Report.Evidence evidence) {
    if (!(evidence.value() instanceof Number number)) {
      return withUnit(String.valueOf(evidence.value()), evidence.unit(), false);
    }
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      return number.toString();
    }
    return switch (evidence.unit()) {
      case "ms" -> milliseconds(value);
      case "s" -> milliseconds(value * 1000);
      case "By" -> bytes(value);
      case "1" -> evidence.name().startsWith("share") ? Percent.of(value) : number(value);
      default -> withUnit(number(value), evidence.unit(), value == 1);
    };
  }

  private static String withUnit(String value, String unit, boolean singular) {
    if (unit.equals("1") || unit.isEmpty()) {
      return value;
    }
    boolean annotation = unit.length() > 2 && unit.startsWith("{") && unit.endsWith("}");
    if (!annotation) {
      return value + " " + unit;
    }
    String noun = unit.substring(1, unit.length() - 1);
    return value + " " + (singular ? noun : plural(noun));
  }

  private static String plural(String noun) {
    if (noun.endsWith("y") && !noun.endsWith("ay")) {
      return noun.substring(0, noun.length() - 1) + "ies";
    }
    return noun.endsWith("s") || noun.endsWith("ch") ? noun + "es" : noun + "s";
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return count((long) value);
    }
    if (Math.abs(value) < 1) {
      return String.format(Locale.ROOT, "%.4g", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%,.2f" : "%,.0f", value);
  }

  /** Three significant digits, no decimals from 100 on. */
  private static String significant(double value) {
    String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
