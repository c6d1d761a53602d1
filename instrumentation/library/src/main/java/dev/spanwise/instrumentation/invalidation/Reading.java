package dev.spanwise.instrumentation.invalidation;

import org.jspecify.annotations.Nullable;

/**
 * What a message was found to be.
 *
 * @param envelope null where it is none, or none that can be read
 * @param malformed whether it says that it is an envelope and breaks the form
 */
record Reading(@Nullable InvalidationEnvelope envelope, boolean malformed) {
  static final Reading PLAIN = new Reading(null, false);
  static final Reading MALFORMED = new Reading(null, true);

  static Reading of(InvalidationEnvelope envelope) {
    return new Reading(envelope, false);
  }
}
