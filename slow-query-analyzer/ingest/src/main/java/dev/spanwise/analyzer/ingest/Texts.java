package dev.spanwise.analyzer.ingest;

import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.function.Function;

/**
 * The texts that spans share. A million spans of the same statement are normalised once and hold
 * one {@link Statement}.
 *
 * <p>Bounded: some 16,000 statements and 16,000 other texts, of 16 MiB and 4 MiB. Not thread-safe.
 */
final class Texts {

  private static final int SETS = 4096;
  private static final int LONGEST_STATEMENT = 64 * 1024;

  /** Bytes; what is beyond is cut, so that a hundred thousand spans that wait stay small. */
  static final int LONGEST_NAME = 1024;

  private final TextCache<SentStatement> statements =
      new TextCache<>(SETS, LONGEST_STATEMENT, 16L << 20, SentStatement::of);
  private final TextCache<String> names =
      new TextCache<>(SETS, LONGEST_NAME, 4L << 20, Function.identity());
  private final Utf8 joined = new Utf8();

  SentStatement statement(Utf8 sql) {
    return statements.get(sql);
  }

  String name(Utf8 text) {
    text.cut(LONGEST_NAME);
    return names.get(text);
  }

  /** Both with a space between. */
  String pair(Utf8 first, Utf8 second) {
    first.cut(LONGEST_NAME);
    second.cut(LONGEST_NAME);
    byte[] bytes = new byte[first.length() + 1 + second.length()];
    System.arraycopy(first.bytes(), first.offset(), bytes, 0, first.length());
    bytes[first.length()] = ' ';
    System.arraycopy(second.bytes(), second.offset(), bytes, first.length() + 1, second.length());
    joined.set(bytes, 0, bytes.length);
    return name(joined);
  }
}
