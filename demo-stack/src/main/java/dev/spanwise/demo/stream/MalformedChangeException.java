package dev.spanwise.demo.stream;

import org.jspecify.annotations.Nullable;

/** A message is no change of the ledger, and will not be one when it is delivered again. */
public final class MalformedChangeException extends Exception {
  public MalformedChangeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
