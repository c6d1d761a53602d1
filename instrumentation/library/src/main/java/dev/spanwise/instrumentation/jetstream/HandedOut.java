package dev.spanwise.instrumentation.jetstream;

import java.time.Instant;

/**
 * When a message was handed to the application.
 *
 * @param nanos by {@link System#nanoTime}
 */
record HandedOut(Instant time, long nanos) {}
