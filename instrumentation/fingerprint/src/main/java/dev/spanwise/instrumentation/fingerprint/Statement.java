package dev.spanwise.instrumentation.fingerprint;

import java.util.HexFormat;

/**
 * A PostgreSQL statement without its literals: what was asked, not about which row.
 *
 * <p>One statement has one value, whether it was read from the application ({@code ?}), from
 * OpenTelemetry's sanitizer ({@code ?} for every literal), from the server's log (literals, {@code
 * $1}) or from pg_stat_statements ({@code $1} for every literal). The module's README lists what is
 * equal and what is not. Immutable and safe for use by several threads.
 *
 * @param text the normalised statement: literals and parameters replaced by {@code $1} to {@code
 *     $n} in order, keywords and identifiers in lower case as PostgreSQL folds them, without
 *     comments; cut after {@value #MAXIMUM_TEXT_LENGTH} characters, with {@code …} as the mark
 * @param fingerprint 64 well-mixed bits over the whole normalised statement, also where the text is
 *     cut; the same in every run, for every version that keeps the golden test
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">PostgreSQL:
 *     Lexical Structure</a>
 */
public record Statement(String text, long fingerprint) {

  static final int MAXIMUM_TEXT_LENGTH = 16_384;

  /**
   * Normalises {@code sql} in one pass, in time and memory linear in its length. Never fails: text
   * that is not SQL is normalised token by token, and what follows an unterminated quote is one
   * literal.
   */
  public static Statement of(String sql) {
    NormalizedText normalized = new Normalizer(sql).normalize();
    return new Statement(normalized.render(MAXIMUM_TEXT_LENGTH), normalized.hash());
  }

  /**
   * Whether {@code sql} has a parameter as the server numbers them, {@code $1}: in a literal, a
   * quoted name or a comment it is none. Linear in the length of {@code sql}, never fails.
   */
  public static boolean hasNumberedParameter(String sql) {
    Lexer lexer = new Lexer(sql);
    char[] text = lexer.source.text;
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      if (token == Token.PLACEHOLDER
          && text[lexer.start] == '$'
          && Characters.isDigit(text[lexer.start + 1])) {
        return true;
      }
    }
    return false;
  }

  /** The fingerprint as 16 lower-case hexadecimal digits. */
  public String id() {
    return HexFormat.of().toHexDigits(fingerprint);
  }
}
