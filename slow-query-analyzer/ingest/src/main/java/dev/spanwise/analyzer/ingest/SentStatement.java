package dev.spanwise.analyzer.ingest;

import dev.spanwise.instrumentation.fingerprint.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a span carries it.
 *
 * @param statement its normalised form
 * @param hash 64 bits of the text itself; null where it holds what may be a parameter, {@code ?} of
 *     OpenTelemetry's sanitizer included: then equal texts need not be equal calls
 */
record SentStatement(Statement statement, @Nullable Long hash) {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  static SentStatement of(String sql) {
    return new SentStatement(Statement.of(sql), mayHoldParameter(sql) ? null : hash(sql));
  }

  /**
   * Whether {@code ?}, {@code $1}, {@code :name}, {@code @name} or {@code %s} stands anywhere, be
   * it within a literal.
   */
  private static boolean mayHoldParameter(String sql) {
    for (int at = 0; at < sql.length(); at++) {
      char next = at + 1 < sql.length() ? sql.charAt(at + 1) : ' ';
      boolean may =
          switch (sql.charAt(at)) {
            case '?' -> true;
            case '$' -> next >= '0' && next <= '9';
            case ':' -> Character.isLetter(next) && (at == 0 || sql.charAt(at - 1) != ':');
            case '@' -> Character.isLetter(next);
            case '%' -> next == 's' || next == '(';
            default -> false;
          };
      if (may) {
        return true;
      }
    }
    return false;
  }

  private static long hash(String sql) {
    long hash = sql.length() * MULTIPLIER;
    for (int at = 0; at < sql.length(); at++) {
      hash = (hash ^ sql.charAt(at)) * MULTIPLIER;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
