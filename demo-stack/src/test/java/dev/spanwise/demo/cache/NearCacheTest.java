package dev.spanwise.demo.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearCacheTest {
  private final NearCache<String> cache = new NearCache<>();

  @Test
  void keepsWhatWasLoadedUntilItIsOutOfDate() {
    cache.open();

    assertThat(get("old")).isEqualTo(new NearCache.Lookup<>("old", false));
    assertThat(get("new")).isEqualTo(new NearCache.Lookup<>("old", true));
    cache.invalidate("key");
    assertThat(get("new")).isEqualTo(new NearCache.Lookup<>("new", false));
  }

  @Test
  void doesNotKeepWhatWentOutOfDateWhileItWasLoaded() {
    cache.open();

    cache.get(
        "key",
        () -> {
          cache.invalidate("key");
          return "old";
        });

    assertThat(get("new").value()).isEqualTo("new");
  }

  @Test
  void keepsNothingWhileInvalidationsCannotArrive() {
    cache.open();
    get("old");
    cache.close();

    assertThat(get("new")).isEqualTo(new NearCache.Lookup<>("new", false));
    assertThat(get("newer")).isEqualTo(new NearCache.Lookup<>("newer", false));
  }

  @Test
  void isBounded() {
    cache.open();
    get("first");
    for (int key = 0; key < NearCache.CAPACITY; key++) {
      cache.get("key" + key, () -> "value");
    }

    assertThat(get("again").hit()).isFalse();
  }

  private NearCache.Lookup<String> get(String loaded) {
    return cache.get("key", () -> loaded);
  }
}
