package dev.spanwise.analyzer.rule;

/**
 * A fact behind a finding. It holds no literal of any statement.
 *
 * @param name what was seen
 * @param value a finite number, or a text
 * @param unit UCUM: {@code 1}, {@code ms}, {@code By}, {@code {row}}, {@code {call}}
 * @param source where it was read: a JSON pointer into the plan, a span id, a catalogue column
 */
public record Evidence(String name, Object value, String unit, String source) {

  public Evidence {
    if (!(value instanceof String
        || (value instanceof Number n && Double.isFinite(n.doubleValue())))) {
      throw new IllegalArgumentException(name + " is neither a text nor a finite number: " + value);
    }
  }

  static Evidence rows(String name, double rows, String source) {
    return new Evidence(name, Math.round(rows), "{row}", source);
  }

  static Evidence ms(String name, double ms, String source) {
    return new Evidence(name, Math.round(ms * 1_000) / 1_000.0, "ms", source);
  }

  static Evidence bytes(String name, double bytes, String source) {
    return new Evidence(name, Math.round(bytes), "By", source);
  }

  static Evidence share(String name, double share, String source) {
    double rounded = Math.round(share * 1e4) / 1e4;
    // Nearly all is not all, and nearly nothing not nothing.
    boolean says = (rounded == 1) == (share == 1) && (rounded == 0) == (share == 0);
    return new Evidence(name, says ? rounded : Math.round(share * 1e8) / 1e8, "1", source);
  }

  static Evidence count(String name, double count, String unit, String source) {
    return new Evidence(name, Math.round(count * 10) / 10.0, unit, source);
  }
}
