package dev.spanwise.instrumentation.jetstream;

import io.nats.client.JetStreamApiException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What went wrong below the wrappers that futures and jnats put around it. */
final class JetStreamErrors {
  /**
   * {@code JSStreamMessageExceedsMaximumErr} of nats-server's <a
   * href="https://github.com/nats-io/nats-server/blob/main/server/errors.json">errors.json</a>: the
   * stream's {@code max_msg_size} counts headers. The message was not stored.
   */
  private static final int MESSAGE_EXCEEDS_MAXIMUM = 10054;

  /** {@code JSStreamHeaderExceedsMaximumErr}: past 64 KiB of headers. Likewise not stored. */
  private static final int HEADERS_EXCEED_MAXIMUM = 10097;

  private JetStreamErrors() {}

  static Throwable cause(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null
        && (cause instanceof CompletionException || cause.getClass() == RuntimeException.class)) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** Whether somebody stopped the work, as at each orderly end of an application: no error. */
  static boolean isCancellation(Throwable error) {
    return error instanceof InterruptedException || error instanceof CancellationException;
  }

  /** Whether the stream refused a message for its size. */
  static boolean exceedsMaximum(@Nullable Throwable error) {
    return error != null
        && cause(error) instanceof JetStreamApiException refused
        && (refused.getApiErrorCode() == MESSAGE_EXCEEDS_MAXIMUM
            || refused.getApiErrorCode() == HEADERS_EXCEED_MAXIMUM);
  }
}
