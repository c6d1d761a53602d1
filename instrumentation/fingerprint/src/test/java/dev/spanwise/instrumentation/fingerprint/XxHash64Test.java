package dev.spanwise.instrumentation.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {

  /** The values of the reference implementation, for the same text in UTF-16LE. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, e513e02c99167f96",
    "ab, 2b4d0fc9e4bf29e2",
    "abc, aff0f2a2f8b32731",
    "select 1234567890, 466b57714b243c8e",
    "select * from orders where a = 5 and ünï ☃ x y z 12345, 6cc94b78183337f5"
  })
  void agreesWithTheReferenceImplementation(String text, String hash) {
    assertThat(XxHash64.hash(text.toCharArray(), text.length()))
        .isEqualTo(Long.parseUnsignedLong(hash, 16));
  }

  @Test
  void eachBitOfTheInputChangesAboutHalfOfTheOutput() {
    char[] text = "select * from orders where id = ?".toCharArray();
    long hash = XxHash64.hash(text, text.length);
    for (int bit = 0; bit < 16 * text.length; bit++) {
      char[] flipped = text.clone();
      flipped[bit / 16] ^= (char) (1 << bit % 16);

      assertThat(Long.bitCount(hash ^ XxHash64.hash(flipped, text.length))).isBetween(12, 52);
    }
  }
}
