package dev.spanwise.analyzer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TextCacheTest {

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void makesOneValueForEqualTextsWhereverTheyStand() {
    TextCache<String> cache = cache(16, 100, 10_000);

    String first = cache.get(text("SELECT 1 FROM a_table"));
    Utf8 inside = new Utf8();
    inside.set("..SELECT 1 FROM a_table..".getBytes(StandardCharsets.UTF_8), 2, 21);

    assertThat(cache.get(inside)).isSameAs(first);
    assertThat(made).hasValue(1);
  }

  @Test
  void neverTakesOneTextForAnother() {
    TextCache<String> cache = cache(4, 100, 500);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100_000; i++) {
      String text = "x".repeat(random.nextInt(20)) + random.nextInt(30);
      assertThat(cache.get(text(text))).isEqualTo(text);
    }
    assertThat(made.get()).isLessThan(100_000);
  }

  @Test
  void keepsATextThatIsFoundOftenAmongManyThatAreNot() {
    TextCache<String> cache = cache(1, 100, 10_000);
    String kept = cache.get(text("kept"));
    for (int i = 0; i < 1_000; i++) {
      cache.get(text("other " + i));
      assertThat(cache.get(text("kept"))).isSameAs(kept);
    }
  }

  @Test
  void keepsNoTextPastItsLimits() {
    TextCache<String> cache = cache(16, 10, 25);
    assertThat(cache.get(text("longer than ten"))).isNotSameAs(cache.get(text("longer than ten")));

    String first = cache.get(text("aaaaaaaaaa"));
    cache.get(text("bbbbbbbbbb"));
    cache.get(text("cccccccccc"));

    assertThat(cache.get(text("aaaaaaaaaa"))).isNotSameAs(first).isEqualTo(first);
  }

  private TextCache<String> cache(int sets, int maxKeyBytes, long maxBytes) {
    return new TextCache<>(
        sets,
        maxKeyBytes,
        maxBytes,
        text -> {
          made.incrementAndGet();
          return text;
        });
  }

  private static Utf8 text(String text) {
    Utf8 utf8 = new Utf8();
    utf8.set(text);
    return utf8;
  }
}
