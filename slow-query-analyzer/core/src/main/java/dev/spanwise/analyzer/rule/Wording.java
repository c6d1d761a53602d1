package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.ExpressionMask;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them. */
final class Wording {

  private Wording() {}

  /** A count with thousands separated: {@code 1,999,800}. */
  static String count(double count) {
    return String.format(Locale.ROOT, "%,d", Math.round(count));
  }

  /** A count of what {@code noun} names: {@code 1 row}, {@code 2 rows}. */
  static String count(double count, String noun) {
    return count(count) + " " + noun + (Math.round(count) == 1 ? "" : "s");
  }

  /** A size: {@code 850 kB}, {@code 17 MB}, {@code 1.2 GB}. */
  static String bytes(double bytes) {
    if (bytes >= 1L << 30) {
      return String.format(Locale.ROOT, "%.1f GB", bytes / (1L << 30));
    }
    return bytes >= 1L << 20
        ? String.format(Locale.ROOT, "%.0f MB", bytes / (1L << 20))
        : String.format(Locale.ROOT, "%.0f kB", bytes / (1L << 10));
  }

  /** A duration: {@code 0.4 ms}, {@code 182 ms}, {@code 2.1 s}. */
  static String ms(double ms) {
    if (ms >= 1_000) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1_000);
    }
    return String.format(Locale.ROOT, ms >= 10 ? "%.0f ms" : "%.1f ms", ms);
  }

  /** Names in a row: {@code a}, {@code a and b}, {@code a, b and c}. */
  static String list(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /**
   * An expression of a condition without its literals and without what only the deparser writes:
   * {@code date_trunc(?, at)} for {@code date_trunc('day'::text, at)}, {@code lower(email)} for
   * {@code lower((email)::text)}.
   */
  static String expression(Operand.Expression expression) {
    return ExpressionMask.of(expression.text())
        .replaceAll("\\?::[a-z_]++(?: [a-z]++)*+", "?")
        .replaceAll("\\((\\w+)\\)::text", "$1");
  }
}
