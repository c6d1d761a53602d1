package dev.spanwise.analyzer.rule;

import java.util.Locale;

/** Numbers as people read them. */
final class Wording {

  private Wording() {}

  /** A count with thousands separated: {@code 1,999,800}. */
  static String count(double count) {
    return String.format(Locale.ROOT, "%,d", Math.round(count));
  }

  /** A duration: {@code 0.4 ms}, {@code 182 ms}, {@code 2.1 s}. */
  static String ms(double ms) {
    if (ms >= 1_000) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1_000);
    }
    return String.format(Locale.ROOT, ms >= 10 ? "%.0f ms" : "%.1f ms", ms);
  }

  /**
   * A share in per cent, with as many digits as tell it from all: {@code 99.99 %}, never 100 %
   * unless it is all.
   */
  static String percent(double share) {
    for (int digits = 0; digits < 4; digits++) {
      String text = String.format(Locale.ROOT, "%." + digits + "f", share * 100);
      if (share >= 1 || !text.startsWith("100")) {
        return text + " %";
      }
    }
    return "99.999 %";
  }
}
