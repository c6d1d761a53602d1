package dev.spanwise.analyzer.rule;

import java.util.Locale;

/** Shares in per cent: the same in a finding's title as in its evidence. */
public final class Percent {

  private static final double LEAST = 0.0001;

  private Percent() {}

  /**
   * A share of 0 to 1 with two decimals, three where these would make it all: {@code 83.14 %},
   * {@code 99.996 %}. Never 0 or 100 per cent unless it is exactly that.
   */
  public static String of(double share) {
    if (share > 0 && share < LEAST) {
      return "< 0.01 %";
    }
    String text = decimals(share, 2);
    if (share < 1 && text.equals("100")) {
      text = decimals(share, 3);
      return text.equals("100") ? "> 99.999 %" : text + " %";
    }
    return text + " %";
  }

  private static String decimals(double share, int decimals) {
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", share * 100);
    return text.replaceFirst("\\.0+$", "");
  }
}
