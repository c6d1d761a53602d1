package dev.spanwise.instrumentation.read;

import java.util.Locale;

/** What a cache had: the values of {@code spanwise.read.cache}. */
enum CacheResult {
  HIT(0),
  MISS(1),
  /** No cache was asked. */
  NONE(2);

  static final int COUNT = values().length;

  /** Among the series of a read with one outcome. */
  final int place;

  final String label = name().toLowerCase(Locale.ROOT);

  CacheResult(int place) {
    this.place = place;
  }
}
