package dev.spanwise.instrumentation.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.util.DefaultLocale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static final String TYPE = InvalidationEnvelope.TYPE;
  private static final InvalidationEnvelope ENVELOPE =
      new InvalidationEnvelope(
          "a-1",
          "/orders",
          new Write("account:\"4\u00e9\u2028", 42L, Instant.parse("2026-11-22T10:00:00.000001Z")),
          Instant.parse("2026-11-22T10:00:01Z"),
          Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

  @Test
  void isACloudEventInJson() {
    assertThat(ENVELOPE.toJson())
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"a-1\",\"source\":\"/orders\",\"type\":\""
                + TYPE
                + "\",\"subject\":\"account:\\\"4\u00e9\u2028\","
                + "\"time\":\"2026-11-22T10:00:00.000001Z\","
                + "\"recordedtime\":\"2026-11-22T10:00:01Z\","
                + "\"sequence\":\"0000000000000000042\","
                + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}");
  }

  @Test
  @DefaultLocale("ar-EG")
  void isTheSameWhereNumbersAreWrittenInOtherDigits() {
    assertThat(String.format("%d", 42)).as("the locale's own digits").isEqualTo("\u0664\u0662");

    assertThat(ENVELOPE.toJson()).contains("\"sequence\":\"0000000000000000042\"");
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(EnvelopeReader.read(ENVELOPE.toJson())).isEqualTo(Reading.of(ENVELOPE));
  }

  @Test
  void withoutVersionAndTimesIsReadAsItWasWritten() {
    InvalidationEnvelope bare =
        new InvalidationEnvelope("1", "/", new Write("k", null, null), null, Map.of());

    assertThat(EnvelopeReader.read(bare.toJson()).envelope()).isEqualTo(bare);
  }

  @Test
  void theLongestKeyIsReadEvenIfEveryCharacterOfItIsEscaped() {
    Write write = new Write("\u0001".repeat(Write.MAX_KEY_LENGTH), 1L, null);
    InvalidationEnvelope envelope = new InvalidationEnvelope("1", "/", write, null, Map.of());

    assertThat(EnvelopeReader.read(envelope.toJson()).envelope()).isEqualTo(envelope);
  }

  @Test
  void attributesThatAreNotKnownOffsetsAndNumbersAreTolerated() {
    Reading reading =
        EnvelopeReader.read(
            " {\"data\":{\"a\":[1,{\"b\":null}]},\"type\":\""
                + TYPE
                + "\",\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/x\",\"subject\":\"k\","
                + "\"sequence\":7,\"time\":\"2026-11-22T12:00:00+02:00\",\"partitionkey\":\"p\","
                + "\"flag\":true,\"nothing\":null}\n");

    InvalidationEnvelope envelope = Objects.requireNonNull(reading.envelope());
    assertThat(envelope.write())
        .isEqualTo(new Write("k", 7L, Instant.parse("2026-11-22T10:00:00Z")));
    assertThat(envelope.extensions()).containsExactly(Map.entry("partitionkey", "p"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "account:42",
        "{\"type\":\"other\"}",
        "{broken",
        "about dev.spanwise.cache.invalidated {",
        "[\"dev.spanwise.cache.invalidated\"]",
        "{\"type\":\"other\",\"data\":{\"type\":\"dev.spanwise.cache.invalidated\"}}"
      })
  void theMessagesOfOthersArePlain(String message) {
    assertThat(EnvelopeReader.read(message)).isEqualTo(Reading.PLAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"T\"",
        "{\"type\":\"T\"}",
        "{\"type\":\"T\",\"specversion\":\"2.0\",\"id\":\"1\",\"source\":\"/\",\"subject\":\"k\"}",
        "{\"type\":\"T\",\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\"}",
        "{\"type\":\"T\",\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"subject\":\"\"}",
        "{\"type\":\"T\",\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"subject\":\"k\"}x",
        "{\"type\":\"T\",\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"subject\":\"k\","
            + "\"time\":\"yesterday\"}",
        "{\"type\":\"T\",\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"subject\":\"k\","
            + "\"sequence\":\"-1\"}",
        "{\"type\":\"T\",\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"subject\":\"k\","
            + "\"sequence\":99999999999999999999}"
      })
  void anEnvelopeThatBreaksItsFormIsMalformed(String message) {
    assertThat(EnvelopeReader.read(message.replace("\"T\"", "\"" + TYPE + "\"")))
        .isEqualTo(Reading.MALFORMED);
  }

  @Test
  void anEnvelopePastTheBoundsIsMalformed() {
    String start = "{\"type\":\"" + TYPE + "\",\"x\":";
    String deep = start + "[".repeat(1_000) + "]".repeat(1_000) + "}";
    String longValue = start + "\"" + "v".repeat(100_000) + "\"}";
    String longAll = start + "1}" + " ".repeat(EnvelopeReader.MAX_MESSAGE_LENGTH);

    assertThat(EnvelopeReader.read(deep)).isEqualTo(Reading.MALFORMED);
    assertThat(EnvelopeReader.read(longValue)).isEqualTo(Reading.MALFORMED);
    assertThat(EnvelopeReader.read(longAll)).isEqualTo(Reading.MALFORMED);
  }

  @Test
  void nothingIsLookedForPastTheLongestEnvelope() {
    String filler = "v".repeat(EnvelopeReader.MAX_MESSAGE_LENGTH);

    assertThat(EnvelopeReader.read("{\"x\":\"" + filler + "\",\"type\":\"" + TYPE + "\"}"))
        .isEqualTo(Reading.PLAIN);
    assertThat(EnvelopeReader.read(" ".repeat(filler.length()) + "{\"type\":\"" + TYPE + "\"}"))
        .isEqualTo(Reading.PLAIN);
  }

  @Test
  void aWriteThatNoEnvelopeCanHoldIsTheProgrammersError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Write("", 1L, null))
        .withMessageContaining("not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Write("k".repeat(Write.MAX_KEY_LENGTH + 1), 1L, null))
        .withMessageContaining("32769");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Write("k", -1L, null))
        .withMessageContaining("-1");
  }
}
