package dev.spanwise.analyzer.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerClockTest {

  private static final int CALLS = 40;

  @ParameterizedTest
  @ValueSource(longs = {-9_900, -3_000, -40, 25, 3_200, 9_900})
  void aDifferenceIsFoundCorrectedAndTold(long aheadMs) {
    LinkScene scene = busyBackends(aheadMs, CALLS, true);
    Links links = scene.links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(CALLS);
    assertRight(links, aheadMs);
    assertThat(links.notes())
        .singleElement()
        .asString()
        .startsWith("postgresql.log: the server's clock is ")
        .contains(aheadMs > 0 ? " ahead of " : " behind ");
  }

  @Test
  void theDifferenceIsToldInSeconds() {
    assertThat(busyBackends(3_200, CALLS, true).links().notes())
        .containsExactly(
            "postgresql.log: the server's clock is 3.2 s ahead of the spans' clock; its times were corrected to link executions");
  }

  @Test
  void withoutPidsTheDifferenceIsFoundFromLikeness() {
    LinkScene scene = busyBackends(3_200, CALLS, false);
    Links links = scene.links();
    assertThat(links.byMethod()).containsOnlyKeys(LinkMethod.FINGERPRINT_AND_DURATION);
    assertThat(links.count(Confidence.PROBABLE)).isGreaterThan(CALLS / 2);
    assertRight(links, 3_200);
  }

  @Test
  void clocksThatAgreeAreLeftAsTheyAreAndNothingIsTold() {
    Links links = busyBackends(0, CALLS, true).links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(CALLS);
    assertThat(links.notes()).isEmpty();
  }

  @Test
  void oneEntryThatWouldFitManyCallsShowsNoDifference() {
    LinkScene scene = new LinkScene();
    for (int i = 0; i < 2 * ClockEstimate.FEWEST_SPANS; i++) {
      scene.call(1 + i, 10_000 + 20L * i, 10_012 + 20L * i).on(7);
    }
    Links links = scene.offer(scene.plan(7, 13_000, 11).inWholeSeconds()).links();
    assertThat(links.links()).isEmpty();
    assertThat(links.notes()).singleElement().asString().contains("do not show by how much");
  }

  @Test
  void tooFewCallsAreNotCorrected() {
    int calls = ClockEstimate.FEWEST_SPANS - 1;
    Links links = busyBackends(3_200, calls, true).links();
    assertThat(links.links()).isEmpty();
    assertThat(links.notes())
        .singleElement()
        .asString()
        .contains("does not seem to agree with the spans' clock");
  }

  @Test
  void callsInAStrictRhythmAllowSeveralDifferencesAndNoneIsTaken() {
    LinkScene scene = new LinkScene();
    for (int i = 0; i < CALLS; i++) {
      scene.call(i + 1, i * 1_000L, i * 1_000L + 100).on(7);
      scene.offer(scene.plan(7, i * 1_000L + 599, 90));
    }
    Links links = scene.links();
    assertThat(links.links()).isEmpty();
    assertThat(links.notes()).hasSize(1);
  }

  @Test
  void aClockThatDriftsIsFollowed() {
    LinkScene scene = new LinkScene();
    Random random = new Random(3);
    int calls = 3 * PlanLinker.WAITING;
    long start = 0;
    for (int i = 0; i < calls; i++) {
      start += 400 + random.nextInt(400);
      long took = 40L + random.nextInt(60);
      long ahead = 1_000L + i / 60;
      scene.call(i + 1, start, start + took + 4).on(7);
      scene.offer(scene.plan(7, start + took + 2 + ahead, took));
    }
    Links links = scene.links();
    assertThat(links.count(Confidence.EXACT)).isGreaterThan(calls * 9 / 10);
    assertThat(links.links())
        .filteredOn(link -> link.logged() != null)
        .allSatisfy(
            link ->
                assertThat(LinkScene.entry(link).atNanos() / LinkScene.MS)
                    .isCloseTo(link.span().span().endNanos() / LinkScene.MS + 1_050, within(60L)));
    assertThat(links.notes()).hasSize(1);
  }

  @Test
  void eachLogHasItsOwnClock() {
    LinkScene scene = new LinkScene();
    Random random = new Random(5);
    for (int i = 0; i < CALLS; i++) {
      long start = i * 1_000L + random.nextInt(500);
      long took = 60L + random.nextInt(80);
      int pid = i % 2;
      scene.call(i + 1, start, start + took + 4).on(7 + pid);
      scene.offer(
          scene.plan(7 + pid, start + took + 2 + pid * 2_500L, took).in("server-" + pid + ".log"));
    }
    Links links = scene.links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(CALLS);
    assertThat(links.notes()).singleElement().asString().startsWith("server-1.log: ");
  }

  private static LinkScene busyBackends(long aheadMs, int calls, boolean withPid) {
    LinkScene scene = new LinkScene();
    Random random = new Random(1);
    for (int i = 0; i < calls; i++) {
      int pid = 7 + i % 4;
      long start = 20_000 + i * 300L + random.nextInt(200);
      long took = 40L + random.nextInt(150);
      LinkScene.Call call = scene.call(i + 1, start, start + took + 5);
      if (withPid) {
        call.on(pid);
      }
      scene.offer(scene.plan(pid, start + took + 3 + aheadMs, took));
    }
    return scene;
  }

  /** Each entry was written two milliseconds before the end of its span. */
  private static void assertRight(Links links, long aheadMs) {
    List<Link> chosen = links.links().stream().filter(link -> link.logged() != null).toList();
    assertThat(chosen)
        .isNotEmpty()
        .allSatisfy(
            link ->
                assertThat(LinkScene.entry(link).atNanos())
                    .isEqualTo(link.span().span().endNanos() + (aheadMs - 2) * LinkScene.MS));
  }
}
