package dev.spanwise.analyzer.postgresql.log;

import java.util.regex.Pattern;

/**
 * Turns a {@code log_line_prefix} into a regular expression. See <a
 * href="https://www.postgresql.org/docs/current/runtime-config-logging.html#GUC-LOG-LINE-PREFIX">log_line_prefix</a>.
 */
final class LinePrefixCompiler {

  private final String prefix;
  private final StringBuilder regex = new StringBuilder();
  private boolean hasTime;
  private boolean hasPid;
  private boolean hasSession;
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
      case 'a', 'u', 'd', 'b', 'i' -> ".{0,200}?";
      case 'r', 'h', 'L' -> ".{0,300}?";
      case 'm', 't' -> time(LinePrefix.TIME);
      case 'n' -> time(LinePrefix.EPOCH);
      case 's' -> LinePrefix.TIME;
      case 'p' -> pid();
      case 'c' -> session();
      case 'P' -> "\\d*";
      case 'l', 'x' -> "\\d+";
      case 'Q' -> "-?\\d*";
      case 'v' -> "(?:-?\\d+/\\d+)?";
      case 'e' -> "[0-9A-Z]{5}";
      default -> "";
    };
  }

  private String time(String value) {
    if (hasTime) {
      return value;
    }
    hasTime = true;
    return "(?<time>" + value + ")";
  }

  private String pid() {
    if (hasPid) {
      return "\\d+";
    }
    hasPid = true;
    return "(?<pid>\\d+)";
  }

  private String session() {
    if (hasSession) {
      return LinePrefix.SESSION;
    }
    hasSession = true;
    return "(?<session>" + LinePrefix.SESSION + ")";
  }
}
