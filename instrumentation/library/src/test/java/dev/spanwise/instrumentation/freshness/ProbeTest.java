package dev.spanwise.instrumentation.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeTest {
  @Test
  void isReadAsItWasWritten() {
    Probe probe =
        new Probe(
            "a-1",
            Instant.parse("2026-11-22T10:00:00.123456789Z"),
            Instant.parse("2026-11-22T10:00:01.5Z"));

    assertThat(probe).hasToString("a-1/1795341600123456/1795341601500000");
    assertThat(Probe.parse(probe.toString())).isEqualTo(probe);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "a",
        "a/1",
        "a/1/",
        "a/1/2/3",
        "a b/1/2",
        "a/1/999999999999999999999999",
        "__debezium_unavailable_value"
      })
  void whatIsNoProbeIsNull(String text) {
    assertThat(Probe.parse(text)).isNull();
  }

  @Test
  void anIdThatNoTextCanCarryIsTheProgrammersError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Probe("a/b", Instant.EPOCH, Instant.EPOCH))
        .withMessageContaining("a/b");
  }
}
