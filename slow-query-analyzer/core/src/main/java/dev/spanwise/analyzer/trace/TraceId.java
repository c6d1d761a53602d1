package dev.spanwise.analyzer.trace;

import java.util.HexFormat;

/**
 * A W3C trace id: 16 bytes, kept as two longs because millions of them are held and compared.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record TraceId(long high, long low) {

  /** The id as 32 lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
