package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.trace.TraceContext;
import dev.spanwise.analyzer.trace.TraceId;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the <a href="https://google.github.io/sqlcommenter/spec/">sqlcommenter</a> comment that
 * names the span which sent a statement: {@code /*traceparent='00-…-…-01'*}{@code /}. Only comments
 * are looked at, so a literal cannot pose as one.
 */
final class TraceComment {

  private static final String KEY = "traceparent";
  private static final Pattern VALUE =
      Pattern.compile("(?<![\\w-])" + KEY + "\\s*=\\s*'?([0-9A-Za-z%-]{1,200})");
  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-([0-9a-f]{16})([0-9a-f]{16})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?");
  private static final Pattern DOLLAR_TAG = Pattern.compile("\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

  private final String sql;
  private int at;

  private TraceComment(String sql) {
    this.sql = sql;
  }

  /** The span that the first such comment of {@code sql} names; null where there is none. */
  static @Nullable TraceContext in(String sql) {
    return sql.contains(KEY) ? new TraceComment(sql).find() : null;
  }

  private @Nullable TraceContext find() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\'') {
        skipQuoted(c, isEscapeString());
      } else if (c == '"') {
        skipQuoted(c, false);
      } else if (c == '$') {
        skipDollarQuoted();
      } else if (sql.startsWith("--", at) || sql.startsWith("/*", at)) {
        int start = at;
        skipComment();
        TraceContext found = parse(sql.substring(start, at));
        if (found != null) {
          return found;
        }
      } else {
        at++;
      }
    }
    return null;
  }

  private boolean isEscapeString() {
    char before = at > 0 ? sql.charAt(at - 1) : ' ';
    boolean alone = at < 2 || !Character.isLetterOrDigit(sql.charAt(at - 2));
    return alone && (before == 'E' || before == 'e');
  }

  private void skipQuoted(char quote, boolean backslashEscapes) {
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      boolean doubled = c == quote && at < sql.length() && sql.charAt(at) == quote;
      if (doubled || (c == '\\' && backslashEscapes)) {
        at++;
      } else if (c == quote) {
        return;
      }
    }
  }

  private void skipDollarQuoted() {
    Matcher tag = DOLLAR_TAG.matcher(sql).region(at, sql.length());
    if (!tag.lookingAt()) {
      at++;
      return;
    }
    int end = sql.indexOf(tag.group(), tag.end());
    at = end < 0 ? sql.length() : end + tag.group().length();
  }

  private void skipComment() {
    if (sql.charAt(at) == '-') {
      int end = sql.indexOf('\n', at);
      at = end < 0 ? sql.length() : end;
      return;
    }
    int depth = 0;
    do {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < sql.length());
    at = Math.min(at, sql.length());
  }

  private static @Nullable TraceContext parse(String comment) {
    Matcher value = VALUE.matcher(comment);
    if (!value.find()) {
      return null;
    }
    Matcher parts = TRACEPARENT.matcher(decode(value.group(1)));
    if (!parts.matches()) {
      return null;
    }
    TraceId trace = new TraceId(hexadecimal(parts.group(1)), hexadecimal(parts.group(2)));
    long span = hexadecimal(parts.group(3));
    boolean valid = (trace.high() != 0 || trace.low() != 0) && span != 0;
    return valid ? new TraceContext(trace, span) : null;
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8).replace("'", "");
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }

  private static long hexadecimal(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }
}
