package dev.spanwise.analyzer.link;

import static dev.spanwise.analyzer.link.LinkScene.OTHER;
import static dev.spanwise.analyzer.link.LinkScene.SQL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.analyzer.workload.QueryKey;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanLinkerTest {

  private final LinkScene scene = new LinkScene();

  @Test
  void onePlanOfTheSameStatementInsideOneSpanIsExact() {
    scene.call(1, 1_000, 1_200).on(7);
    Links links = scene.offer(scene.plan(7, 1_199, 190)).links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(1);
    assertThat(links.byMethod()).containsExactly(Map.entry(LinkMethod.BACKEND_PID, 1L));
    assertThat(links.links().get(0).plan()).isNotNull();
    assertThat(links.links().get(0).executions()).isEqualTo(1);
  }

  @Test
  void anotherBackendsPlanIsNotLinked() {
    scene.call(1, 1_000, 1_200).on(7);
    Links links = scene.offer(scene.plan(8, 1_199, 190)).links();
    assertThat(links.links()).isEmpty();
    assertThat(links.unlinked()).isEqualTo(1);
    assertThat(links.plans()).isEqualTo(1);
    assertThat(links.backendsLogged()).isEmpty();
  }

  @Test
  void thePlanOfTheStatementBeforeIsNotLinked() {
    scene.call(1, 1_000, 1_200).on(7);
    assertThat(scene.offer(scene.plan(7, 997, 150)).links().links()).isEmpty();
  }

  @Test
  void aPlanLongerThanTheSpanIsNotLinked() {
    scene.call(1, 1_000, 1_200).on(7);
    assertThat(scene.offer(scene.plan(7, 1_200, 260)).links().links()).isEmpty();
  }

  @Test
  void aShortPlanAtTheEdgeMayBeTheNeighboursAndIsNotChosen() {
    scene.call(1, 1_000, 1_100).on(7);
    assertThat(scene.offer(scene.plan(7, 999, 0)).link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.AMBIGUOUS);
              assertThat(link.doubt()).isEqualTo(Doubt.TOO_SHORT);
              assertThat(link.plan()).isNull();
            });
  }

  @Test
  void theNeighboursPlanAtTheEdgeDoesNotMakeTheSpansOwnDoubtful() {
    scene.call(1, 1_000, 1_100).on(7);
    scene.offer(scene.plan(7, 999, 0), scene.plan(7, 1_099, 97));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
              assertThat(link.executions()).isEqualTo(1);
            });
  }

  @Test
  void onePlanThatTwoSpansOfABackendCouldHaveIsAmbiguousForBoth() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.call(2, 1_000, 1_201).on(7);
    Links links = scene.offer(scene.plan(7, 1_199, 190)).links();
    assertThat(links.count(Confidence.AMBIGUOUS)).isEqualTo(2);
    assertThat(links.links()).extracting(Link::doubt).containsOnly(Doubt.SEVERAL_SPANS);
  }

  @Test
  void theStatementItselfIsPreferredToThoseThatItsFunctionsRan() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(
        scene.plan(7, 1_150, 120).running(OTHER),
        scene.plan(7, 1_199, 110).running(OTHER),
        scene.plan(7, 1_199, 190));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
              assertThat(LinkScene.plan(link).statement()).isEqualTo(Statement.of(SQL));
            });
  }

  @Test
  void anExecutionInsideAnotherOneOfTheSameStatementIsPartOfIt() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(scene.plan(7, 1_150, 100), scene.plan(7, 1_199, 190));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
              assertThat(link.executions()).isEqualTo(1);
              assertThat(link.executedNanos()).isEqualTo(190 * LinkScene.MS);
            });
  }

  @Test
  void aLonePlanOfAnotherStatementThatFillsTheSpanIsProbable() {
    scene.call(1, 1_000, 1_200).on(7).running("CALL settle()");
    Links links = scene.offer(scene.plan(7, 1_195, 180).running(OTHER)).links();
    assertThat(links.count(Confidence.PROBABLE)).isEqualTo(1);
  }

  @Test
  void ofNestedPlansOfOtherStatementsTheOuterOneIsTheSpans() {
    scene.call(1, 1_000, 1_200).on(7).running("CALL settle()");
    scene.offer(
        scene.plan(7, 1_180, 120).running(OTHER), scene.plan(7, 1_195, 180).running("SELECT 1"));
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.PROBABLE);
              assertThat(LinkScene.plan(link).statement()).isEqualTo(Statement.of("SELECT 1"));
            });
  }

  @Test
  void aShortPlanOfAnotherStatementIsNotLinked() {
    scene.call(1, 1_000, 1_200).on(7);
    assertThat(scene.offer(scene.plan(7, 1_195, 20).running(OTHER)).links().links()).isEmpty();
  }

  @Test
  void everyStatementOfABusyBackendFindsItsOwnPlan() {
    int statements = 5_000;
    for (int i = 0; i < statements; i++) {
      long start = 10_000 + i * 13L;
      scene.call(i + 1, start, start + 12).on(7);
      scene.offer(scene.plan(7, start + 11, 10));
    }
    Links links = scene.links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(statements);
    assertThat(links.links())
        .allSatisfy(
            link ->
                assertThat(LinkScene.entry(link).atNanos())
                    .isBetween(link.span().span().startNanos(), link.span().span().endNanos()));
  }

  @Test
  void oneExecutionLoggedTwiceIsOne() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(
        scene.plan(7, 1_199, 190),
        scene.plan(7, 1_199, 190),
        scene.plan(7, 1_199, 190).in("postgresql.json"),
        scene.plan(7, 1_199, 190).in("postgresql.csv").inWholeSeconds());
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.confidence()).isEqualTo(Confidence.EXACT);
              assertThat(link.executions()).isEqualTo(1);
            });
  }

  @Test
  void theSpanNearerToTheServerHasThePlanOfTwoThatTellOfOneCall() {
    scene.call(1, 990, 1_210).on(7).under(50, new TraceId(1, 1));
    scene.call(2, 1_000, 1_200).on(7).under(1, new TraceId(1, 1));
    scene.offer(scene.plan(7, 1_199, 190));
    assertThat(scene.link(2))
        .satisfies(link -> assertThat(link.confidence()).isEqualTo(Confidence.EXACT));
    assertThat(scene.link(1)).isNull();
  }

  @Test
  void thePlansOfTheSlowestSpansAreHeldThoughTheyComeLast() {
    for (int i = 0; i < 20; i++) {
      scene.call(i + 1, i * 1_000L, i * 1_000L + 200 + i).on(7);
      scene.offer(scene.plan(7, i * 1_000L + 199 + i, 190 + i));
    }
    assertThat(scene.links().links().stream().filter(link -> link.plan() != null))
        .extracting(link -> link.span().span().spanId())
        .containsExactlyInAnyOrder(16L, 17L, 18L, 19L, 20L);
  }

  @Test
  void holdsThePlansOfAFewSpansOfAQueryOnly() {
    for (int i = 0; i < 20; i++) {
      scene.call(i + 1, i * 1_000L, i * 1_000L + 200).on(7);
      scene.offer(scene.plan(7, i * 1_000L + 199, 190));
    }
    Links links = scene.links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(20);
    assertThat(links.links()).extracting(Link::logged).doesNotContainNull();
    assertThat(links.links().stream().filter(link -> link.plan() != null))
        .hasSize(HeldPlans.OF_A_QUERY);
  }

  @Test
  void holdsPlansOfAsManyBytesAsMayBe() {
    int queries = 40;
    int characters = 1_000_000;
    for (int i = 0; i < queries; i++) {
      String sql = "SELECT 1 FROM t" + i;
      scene.call(i + 1, i * 1_000L, i * 1_000L + 200).on(7).running(sql);
      scene.offer(scene.plan(7, i * 1_000L + 199, 190).running(sql).printing(characters));
    }
    Links links = scene.links();
    assertThat(links.count(Confidence.EXACT)).isEqualTo(queries);
    assertThat(links.links().stream().filter(link -> link.plan() != null))
        .hasSize((int) (HeldPlans.BYTES / (2L * characters)) - 1);
  }

  @Test
  void thePlansThatAreLetGoLeaveTheirFacts() {
    for (int i = 0; i < 2 * HeldPlans.OF_A_QUERY; i++) {
      scene.call(i + 1, i * 1_000L, i * 1_000L + 200).on(7);
      scene.offer(scene.plan(7, i * 1_000L + 199, 190));
    }
    Links links = scene.links();
    assertThat(links.links()).extracting(Link::facts).doesNotContainNull();
    assertThat(links.links().stream().filter(Link::isPlanLetGo)).hasSize(HeldPlans.OF_A_QUERY);
    assertThat(links.notes()).isEmpty();
  }

  @Test
  void aCallOfWhichNoPlanWasLoggedHasNoFacts() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(scene.plan(7, 1_199, 190).duration());
    assertThat(scene.link(1))
        .satisfies(
            link -> {
              assertThat(link.facts()).isNull();
              assertThat(link.isPlanLetGo()).isFalse();
            });
  }

  @Test
  void noStatementLosesItsOnlyLargePlanWhileAnotherHoldsSeveral() {
    int characters = 1_000_000;
    int fit = (int) (HeldPlans.BYTES / (2L * characters)) - 1;
    for (int i = 0; i < fit; i++) {
      offerLarge(i, i < fit - 3 ? "SELECT 1 FROM t" + i : "SELECT 1 FROM busy", characters);
    }
    offerLarge(fit, "SELECT 1 FROM more", characters);
    offerLarge(fit + 1, "SELECT 1 FROM most", characters);
    Links links = scene.links();
    assertThat(links.links().stream().filter(Link::isPlanLetGo))
        .hasSize(2)
        .extracting(link -> link.span().query())
        .containsOnly(
            new QueryKey(Statement.of("SELECT 1 FROM busy").fingerprint(), "api", null, null));
    assertThat(links.notes()).isEmpty();
  }

  @Test
  void ofOnlyLargePlansThoseOfTheFastestSpansAreLetGoAndTheLinksSaySo() {
    int characters = 1_000_000;
    int fit = (int) (HeldPlans.BYTES / (2L * characters)) - 1;
    scene.call(1, 0, 150).on(7).running("SELECT 1 FROM small");
    scene.offer(scene.plan(7, 149, 140).running("SELECT 1 FROM small"));
    for (int i = 1; i < fit + 3; i++) {
      offerLarge(i, "SELECT 1 FROM t" + i, characters);
    }
    Links links = scene.links();
    assertThat(links.links().stream().filter(Link::isPlanLetGo))
        .extracting(link -> link.span().span().spanId())
        .containsExactlyInAnyOrder(2L, 3L);
    assertThat(links.notes())
        .containsExactly(
            "not judged by their plans: 2 of the statements whose plans the log has, since plans are held up to 40 MB");
  }

  /** A call that takes some time longer than those before. */
  private void offerLarge(int i, String sql, int characters) {
    scene.call(i + 1, i * 1_000L, i * 1_000L + 200 + i).on(7).running(sql);
    scene.offer(scene.plan(7, i * 1_000L + 199 + i, 190).running(sql).printing(characters));
  }

  @Test
  void largeEntriesDoNotWaitForThousandsMore() {
    scene.call(1, 1_000, 1_200).on(7);
    PlanLinker linker = new PlanLinker(scene.workload());
    LinkScene.Entry large = scene.plan(7, 1_100, 10).printing(1_000_000);
    for (int i = 0; i < 100; i++) {
      linker.offer(large.plan());
      assertThat(linker.waitingBytes()).isLessThan(PlanLinker.WAITING_BYTES);
    }
    assertThat(linker.links().links()).hasSize(1);
  }
}
