package dev.spanwise.analyzer.report;

import java.util.Locale;

/** Text of the input as a reader may see it. */
final class Characters {

  private Characters() {}

  /**
   * Control and direction characters as Java escapes: a name cannot move a terminal's cursor, and
   * cannot make a statement read otherwise than it runs (<a
   * href="https://trojansource.codes/">Trojan Source</a>). Line breaks and tabs stay.
   */
  static String visible(String text) {
    if (text.chars().noneMatch(Characters::isInvisible)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (isInvisible(unit)) {
        visible.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
      } else {
        visible.append(unit);
      }
    }
    return visible.toString();
  }

  private static boolean isInvisible(int unit) {
    boolean control = Character.isISOControl(unit) && unit != '\n' && unit != '\r' && unit != '\t';
    boolean mark = unit == 0x200E || unit == 0x200F || unit == 0x061C;
    boolean direction = (unit >= 0x202A && unit <= 0x202E) || (unit >= 0x2066 && unit <= 0x2069);
    return control || mark || direction;
  }
}
