package dev.spanwise.analyzer.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonTimeTest {

  private static final long HOUR_MS = 3_600_000;

  private final LinkScene scene = new LinkScene();

  private Links links(long loggedMs) {
    scene.call(1, 2 * HOUR_MS, 2 * HOUR_MS + 400).on(7);
    scene.call(2, 2 * HOUR_MS + 60_000, 2 * HOUR_MS + 61_000).on(7);
    return scene.offer(scene.plan(7, loggedMs, 300)).links();
  }

  @Test
  void aLogThatEndsBeforeTheSpansBeginIsTold() {
    assertThat(links(HOUR_MS).apart())
        .isEqualTo(
            "the statements in the server's log are of 1970-01-01T00:59:59Z to 1970-01-01T01:00:00Z, the slow spans of 1970-01-01T02:00:00Z to 1970-01-01T02:01:01Z: none of these can be linked; check that the log is of the spans' time (rotation), and its time zone (log_timezone)");
  }

  @Test
  void aLogThatBeginsAfterTheSpansEndIsTold() {
    assertThat(links(3 * HOUR_MS).apart()).contains("1970-01-01T03:00:00Z", "rotation");
  }

  @ParameterizedTest
  @ValueSource(longs = {2 * HOUR_MS - 5_000, 2 * HOUR_MS + 30_000, 2 * HOUR_MS + 65_000})
  void aLogOfTheSpansTimeIsNotToldEvenIfTheClocksDiffer(long loggedMs) {
    assertThat(links(loggedMs).apart()).isNull();
  }

  @Test
  void aLogWithoutAStatementHasNoTime() {
    scene.call(1, HOUR_MS, HOUR_MS + 400).on(7);
    assertThat(scene.links().apart()).isNull();
  }
}
