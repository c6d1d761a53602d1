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
  private static final int LONGEST_NAME = 1024;

  private final TextCache<Statement> statements =
      new TextCache<>(SETS, LONGEST_STATEMENT, 16L << 20, Statement::of);
  private final TextCache<String> names =
      new TextCache<>(SETS, LONGEST_NAME, 4L << 20, Function.identity());
  private final Utf8 joined = new Utf8();

  Statement statement(Utf8 sql) {
    return statements.get(sql);
  }

  String name(Utf8 text) {
    return names.get(text);
  }

  /** Both with a space between. */
  String route(Utf8 method, Utf8 route) {
    byte[] bytes = new byte[method.length() + 1 + route.length()];
    System.arraycopy(method.bytes(), method.offset(), bytes, 0, method.length());
    bytes[method.length()] = ' ';
    System.arraycopy(route.bytes(), route.offset(), bytes, method.length() + 1, route.length());
    joined.set(bytes, 0, bytes.length);
    return names.get(joined);
  }
}
