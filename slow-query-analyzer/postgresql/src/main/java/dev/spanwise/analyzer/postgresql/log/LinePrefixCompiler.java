package dev.spanwise.analyzer.postgresql.log;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Turns a {@code log_line_prefix} into a regular expression. See <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LINE-PREFIX">log_line_prefix</a>.
 */
final class LinePrefixCompiler {

  private static final String NAME = ".{0,200}?";

  private final String prefix;
  private final StringBuilder regex = new StringBuilder();
  private final Set<String> groups = new HashSet<>();
  private boolean sessionsOnly;
  private int at;

  private LinePrefixCompiler(String prefix) {
    this.prefix = prefix;
  }

  static String regex(String prefix) {
    return new LinePrefixCompiler(prefix).compile();
  }

  private String compile() {
    StringBuilder literal = new StringBuilder();
    while (at < prefix.length()) {
      char c = prefix.charAt(at++);
      if (c != '%') {
        literal.append(c);
      } else if (at < prefix.length() && prefix.charAt(at) == '%') {
        literal.append('%');
        at++;
      } else {
        appendLiteral(literal);
        escape();
      }
    }
    appendLiteral(literal);
    if (sessionsOnly) {
      regex.append(")?");
    }
    return regex.toString();
  }

  private void appendLiteral(StringBuilder literal) {
    if (!literal.isEmpty()) {
      regex.append(Pattern.quote(literal.toString()));
      literal.setLength(0);
    }
  }

  private void escape() {
    int start = at;
    while (at < prefix.length()
        && (prefix.charAt(at) == '-' || Character.isDigit(prefix.charAt(at)))) {
      at++;
    }
    boolean padded = at > start;
    if (at == prefix.length()) {
      return;
    }
    char escape = prefix.charAt(at++);
    if (escape == 'q') {
      stopWithoutSession();
      return;
    }
    String value = value(escape);
    if (!value.isEmpty()) {
      regex.append(padded ? " *" + value + " *" : value);
    }
  }

  private void stopWithoutSession() {
    if (!sessionsOnly) {
      sessionsOnly = true;
      regex.append("(?:");
    }
  }

  private String value(char escape) {
    return switch (escape) {
      // Names can hold anything, and background processes print none.
      case 'a' -> group("app", NAME);
      case 'u', 'd', 'b', 'i' -> NAME;
      case 'r', 'h', 'L' -> ".{0,300}?";
      case 'm', 't' -> group("time", LinePrefix.TIME);
      case 'n' -> group("time", LinePrefix.EPOCH);
      case 's' -> LinePrefix.TIME;
      case 'p' -> group("pid", "\\d+");
      case 'c' -> group("session", LinePrefix.SESSION);
      case 'P' -> group("leader", "\\d*");
      case 'l', 'x' -> "\\d+";
      case 'Q' -> "-?\\d*";
      case 'v' -> "(?:-?\\d+/\\d+)?";
      case 'e' -> "[0-9A-Z]{5}";
      default -> "";
    };
  }

  /** A group at the escape's first place in the prefix, the same without a group at others. */
  private String group(String name, String value) {
    return groups.add(name) ? "(?<" + name + ">" + value + ")" : value;
  }
}
