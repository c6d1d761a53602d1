package dev.spanwise.analyzer.link;

import static dev.spanwise.analyzer.link.LinkScene.MS;
import static dev.spanwise.analyzer.link.LinkScene.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ExecutionsTest {

  private final LinkScene scene = new LinkScene();

  @Test
  void anExecutionWithoutPlanStandsBesideAnotherSessionsWithOne() {
    scene.call(1, 1_000, 2_005);
    scene.offer(scene.plan(7, 2_003, 999).duration()).offer(scene.plan(8, 2_004, 1_003));
    Link link = link();
    assertThat(link.confidence()).isEqualTo(Confidence.AMBIGUOUS);
    assertThat(link.doubt()).isEqualTo(Doubt.SEVERAL_EXECUTIONS);
  }

  @Test
  void executionsTooShortForTheirPlansToBeLoggedAreOfTheBatch() {
    scene.call(1, 1_000, 1_300).on(7);
    scene
        .offer(scene.plan(7, 1_121, 120))
        .offer(scene.plan(7, 1_121, 120).at(2).duration())
        .offer(scene.plan(7, 1_212, 90).duration())
        .offer(scene.plan(7, 1_293, 80).duration());
    Link link = link();
    assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
    assertThat(link.executions()).isEqualTo(3);
    assertThat(link.executedNanos()).isEqualTo(290 * MS);
    assertThat(LinkScene.plan(link).durationNanos()).isEqualTo(120 * MS);
  }

  @Test
  void aPlanThatIsLoggedAfterItsDurationIsOfTheSameExecution() {
    scene.call(1, 1_000, 1_200);
    scene.offer(scene.plan(7, 1_198, 190).duration()).offer(scene.plan(7, 1_199, 189));
    Link link = link();
    assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
    assertThat(link.executions()).isEqualTo(1);
    assertThat(link.plan()).isNotNull();
  }

  @Test
  void thePlanOfWhatACallRanIsShownForIt() {
    scene.call(1, 1_000, 1_200).on(7).running("CALL settle()");
    scene
        .offer(scene.plan(7, 1_195, 180).running(OTHER))
        .offer(scene.plan(7, 1_198, 190).running("CALL settle()").duration());
    Link link = link();
    assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
    assertThat(LinkScene.plan(link).statement()).isEqualTo(Statement.of(OTHER));
  }

  @Test
  void aBatchThatIsLoggedInBothFormsIsCountedOnce() {
    int inserts = 200;
    scene.call(1, 1_000, 1_020 + inserts).on(7);
    for (int i = 0; i < inserts; i++) {
      scene.offer(scene.plan(7, 1_010 + i, 0).at(2L * i));
      scene.offer(scene.plan(7, 1_010 + i, 0).at(2L * i + 1).duration());
    }
    assertThat(link().executions()).isEqualTo(inserts);
  }

  @Test
  void aBatchThatIsLoggedInTwoLogsIsCountedOnce() {
    int executions = 3 * Executions.HELD;
    scene.call(1, 1_000, 1_000 + 10 * executions + 10).on(7);
    for (String log : new String[] {"postgresql.log", "postgresql.json"}) {
      for (int i = 0; i < executions; i++) {
        scene.offer(scene.plan(7, 1_009 + 10L * i, 8).in(log));
      }
    }
    assertThat(link().executions()).isEqualTo(executions);
    assertThat(link().executedNanos()).isEqualTo(executions * 8L * MS);
  }

  @Test
  void executionsOfOneMillisecondThatTookAsLongAreSeveral() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(scene.plan(7, 1_100, 0).at(1), scene.plan(7, 1_100, 0).at(2));
    assertThat(link().executions()).isEqualTo(2);
  }

  @Test
  void theLongestOfALargeBatchIsShownThoughItComesLast() {
    int executions = 2 * Executions.HELD;
    scene.call(1, 1_000, 3_000).on(7);
    for (int i = 0; i < executions; i++) {
      scene.offer(scene.plan(7, 1_009 + 10L * i, 8));
    }
    scene.offer(scene.plan(7, 2_990, 600));
    assertThat(link().executions()).isEqualTo(executions + 1);
    assertThat(LinkScene.plan(link()).durationNanos()).isEqualTo(600 * MS);
  }

  @Test
  void theExecutionThatNamesItsSpanIsHeldBesideAnyNumberOfOthers() {
    waitingForALock(true);
    Link link = link();
    assertThat(link.method()).isEqualTo(LinkMethod.TRACEPARENT);
    assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
    assertThat(LinkScene.plan(link).backendPid()).isEqualTo(7);
  }

  @Test
  void anExecutionThatFitsBesideAnyNumberOfOthersIsAmbiguous() {
    waitingForALock(false);
    assertThat(link().doubt()).isEqualTo(Doubt.SEVERAL_EXECUTIONS);
  }

  private void waitingForALock(boolean named) {
    scene.call(1, 1_000, 11_000);
    for (int i = 0; i < 900; i++) {
      scene.offer(scene.plan(8, 1_010 + 10L * i, 5));
    }
    LinkScene.Entry own = scene.plan(7, 10_990, 9_950);
    scene.offer(named ? own.commented(1) : own);
  }

  @Test
  void aNamedExecutionKeepsItsPlanWhereAnotherSessionRanTheStatementLater() {
    scene.call(1, 1_000, 1_300);
    scene.offer(scene.plan(7, 1_251, 250).commented(1), scene.plan(8, 1_270, 2));
    Link link = link();
    assertThat(link.method()).isEqualTo(LinkMethod.TRACEPARENT);
    assertThat(LinkScene.plan(link).backendPid()).isEqualTo(7);
  }

  private Link link() {
    return Objects.requireNonNull(scene.link(1));
  }
}
