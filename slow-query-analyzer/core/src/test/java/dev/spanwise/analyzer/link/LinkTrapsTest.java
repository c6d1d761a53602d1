package dev.spanwise.analyzer.link;

import static dev.spanwise.analyzer.link.LinkScene.MS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.execution.TemporaryFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTrapsTest {

  private final LinkScene scene = new LinkScene();

  @Test
  void aSpanWithSeveralExecutionsOnItsBackendIsABatch() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(scene.plan(7, 1_080, 70), scene.plan(7, 1_190, 80));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
              assertThat(link.executions()).isEqualTo(2);
              assertThat(link.executedNanos()).isEqualTo(150 * MS);
              assertThat(LinkScene.plan(link).durationNanos()).isEqualTo(80 * MS);
            });
  }

  @Test
  void aLargeBatchIsCountedWhole() {
    int executions = 5 * Executions.HELD;
    scene.call(1, 1_000, 1_000 + 10 * executions + 10).on(7);
    for (int i = 0; i < executions; i++) {
      scene.offer(scene.plan(7, 1_009 + 10L * i, 8));
    }
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.executions()).isEqualTo(executions);
              assertThat(link.executedNanos()).isEqualTo(executions * 8L * MS);
            });
  }

  @Test
  void wholeSecondsAreProbableAtBestForShortExecutions() {
    scene.call(1, 1_100, 1_300).on(7);
    Links links = scene.offer(scene.plan(7, 1_299, 190).inWholeSeconds()).links();
    assertThat(links.count(Confidence.PROBABLE)).isEqualTo(1);
  }

  @Test
  void wholeSecondsLeaveNoChoiceForLongExecutions() {
    scene.call(1, 1_100, 4_300).on(7);
    Links links = scene.offer(scene.plan(7, 4_299, 3_150).inWholeSeconds()).links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(1);
  }

  @Test
  void twoCallsOfOneSecondAreAmbiguousInWholeSeconds() {
    scene.call(1, 1_100, 1_300).on(7);
    scene.call(2, 1_400, 1_600).on(7);
    scene.offer(
        scene.plan(7, 1_299, 190).inWholeSeconds(), scene.plan(7, 1_599, 191).inWholeSeconds());
    assertThat(scene.links().links())
        .hasSize(2)
        .allSatisfy(link -> assertThat(link.confidence()).isEqualTo(Confidence.AMBIGUOUS));
  }

  @Test
  void wholeSecondsAndACallThatMayBeOfASpanNotKeptIsNotChosen() {
    scene.slowerThan(100).call(1, 1_100, 1_210).on(7);
    scene.offer(scene.plan(7, 1_250, 95).inWholeSeconds());
    assertThat(scene.link(1))
        .satisfies(link -> assertThat(link.confidence()).isEqualTo(Confidence.AMBIGUOUS));
  }

  @Test
  void aCursorThatIsReadOnAfterItsSpanIsProbable() {
    scene.call(1, 1_000, 1_150).on(7);
    scene.offer(scene.plan(7, 1_190, 160));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
              assertThat(link.plan()).isNotNull();
            });
  }

  @Test
  void aCallAfterTheSpanIsNotTakenForACursor() {
    scene.call(1, 1_000, 1_150).on(7);
    assertThat(scene.offer(scene.plan(7, 1_300, 140)).link(1)).isNull();
  }

  @Test
  void aPidThatCameBackIsToldByTime() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.call(2, 900_000, 900_200).on(7);
    scene.offer(scene.plan(7, 1_199, 190), scene.plan(7, 900_199, 190));
    assertThat(scene.links().links())
        .hasSize(2)
        .allSatisfy(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
              assertThat(link.span().span().endNanos() - LinkScene.entry(link).atNanos())
                  .isEqualTo(MS);
            });
  }

  @Test
  void oneBackendOfEachOfTwoServersIsAmbiguous() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(
        scene.plan(7, 1_199, 190).in("primary.log"), scene.plan(7, 1_198, 170).in("replica.log"));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.AMBIGUOUS);
              assertThat(link.doubt()).isEqualTo(Doubt.SEVERAL_SERVERS);
            });
  }

  @Test
  void whatElseTheServerLoggedOfACallComesWithIt() {
    scene.call(1, 1_000, 1_200).on(7);
    LinkScene.Entry wait = scene.plan(7, 1_100, 0);
    scene
        .offer(
            new LockWait(wait.logged(), "ShareLock", "transaction 743", 90 * MS, true, List.of()))
        .offer(new TemporaryFile(scene.plan(7, 1_198, 0).logged(), 8_192))
        .offer(scene.plan(7, 1_198, 190))
        .offer(duration(7, 1_199, StatementDuration.Step.EXECUTE, 191))
        .offer(duration(8, 1_199, StatementDuration.Step.EXECUTE, 20));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
              assertThat(link.plan()).isNotNull();
              assertThat(link.executions()).isEqualTo(1);
              assertThat(link.events())
                  .hasSize(3)
                  .hasOnlyElementsOfTypes(
                      LockWait.class, TemporaryFile.class, StatementDuration.class);
            });
  }

  @Test
  void aWaitBeforeTheExecutorIsLinkedWithoutAPlan() {
    scene.call(1, 1_000, 1_950).on(7);
    scene
        .offer(duration(7, 1_940, StatementDuration.Step.BIND, 930))
        .offer(duration(7, 1_948, StatementDuration.Step.EXECUTE, 3));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
              assertThat(link.plan()).isNull();
              assertThat(link.events()).hasSize(2);
            });
  }

  @Test
  void withoutPidTheEventsOfThePlansBackendComeWithIt() {
    scene.call(1, 1_000, 1_200);
    scene
        .offer(new TemporaryFile(scene.plan(8, 1_190, 0).logged(), 1))
        .offer(new TemporaryFile(scene.plan(7, 1_198, 0).logged(), 8_192))
        .offer(scene.plan(7, 1_198, 190));
    assertThat(scene.link(1))
        .satisfies(
            link ->
                assertThat(link.events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.backendPid()).isEqualTo(7)));
  }

  @Test
  void eventsOfASpanAreBounded() {
    scene.call(1, 1_000, 1_200).on(7);
    for (int i = 0; i < 10 * Events.OF_A_SPAN; i++) {
      scene.offer(new TemporaryFile(scene.plan(7, 1_100, 0).logged(), i));
    }
    assertThat(scene.offer(scene.plan(7, 1_198, 190)).link(1))
        .satisfies(link -> assertThat(link.events()).hasSize(Events.OF_A_SPAN));
  }

  private StatementDuration duration(
      int pid, long loggedMs, StatementDuration.Step step, long durationMs) {
    return new StatementDuration(
        scene.plan(pid, loggedMs, durationMs).logged(), step, durationMs * MS);
  }
}
