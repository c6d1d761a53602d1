package dev.spanwise.instrumentation.read;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** How a read ended: the values of {@code spanwise.read.outcome}. */
enum Outcome {
  SUCCESS(0),
  ERROR(1),
  CANCELLED(2);

  /** Among the series of a read. */
  final int place;

  final String label = name().toLowerCase(Locale.ROOT);

  Outcome(int place) {
    this.place = place;
  }

  static Outcome of(@Nullable Throwable failure) {
    if (failure == null) {
      return SUCCESS;
    }
    return failure instanceof CancellationException || failure instanceof InterruptedException
        ? CANCELLED
        : ERROR;
  }

  /** What a stage failed with, without the wrapper that a stage before it added. */
  static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
