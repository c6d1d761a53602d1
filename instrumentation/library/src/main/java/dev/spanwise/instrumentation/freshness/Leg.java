package dev.spanwise.instrumentation.freshness;

import java.util.Locale;

/** A leg of the way from commit to sight, in their order; a system without one leaves it out. */
public enum Leg {
  /** From the commit until change data capture handed it out. */
  CAPTURE,
  /** From there until a consumer of the stream received it. */
  STREAM,
  /** From there until the read model was committed. */
  PROJECT,
  /** From there until a cache had applied the invalidation. */
  INVALIDATE,
  /** From there until a read showed it: the last. */
  VISIBLE;

  /** Its label on {@code spanwise.freshness.duration}. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
