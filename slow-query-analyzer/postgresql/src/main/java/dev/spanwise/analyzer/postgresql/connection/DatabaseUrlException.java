package dev.spanwise.analyzer.postgresql.connection;

/** A database URL that cannot be read. The message never holds the password. */
public final class DatabaseUrlException extends Exception {

  DatabaseUrlException(String message) {
    super(message);
  }
}
