package dev.spanwise.analyzer.link;

import static dev.spanwise.analyzer.link.LinkScene.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Test;

class LinkMethodsTest {

  private static final String TRACEPARENT =
      "00-0000000000000001000000000000000%d-00000000000003e%x-01";

  private final LinkScene scene = new LinkScene();

  @Test
  void aCommentThatNamesTheSpansParentIsExact() {
    scene.call(1, 1_000, 1_200);
    scene.call(2, 1_000, 1_200);
    scene.offer(scene.plan(7, 1_199, 190).commented(2));
    is(2, LinkMethod.TRACEPARENT, Confidence.EXACT);
    assertThat(scene.link(1)).isNull();
  }

  @Test
  void aCommentOutlivesItsSpanInAPreparedStatementAndTimeDecides() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.call(2, 2_000, 2_200).on(7);
    scene.offer(scene.plan(7, 1_199, 190).commented(1), scene.plan(7, 2_199, 190).commented(1));
    is(1, LinkMethod.TRACEPARENT, Confidence.EXACT);
    is(2, LinkMethod.BACKEND_PID, Confidence.EXACT);
  }

  @Test
  void aCommentThatIsKnownToOutliveItsSpanIsProbableAtBest() {
    scene.call(1, 1_000, 1_200);
    scene.offer(scene.plan(7, 1_199, 190).commented(1), scene.plan(7, 2_199, 190).commented(1));
    is(1, LinkMethod.TRACEPARENT, Confidence.PROBABLE);
  }

  @Test
  void aCommentThatOutlivesItsSpanDecidesNothingBesideAnotherExecutionThatFits() {
    scene.call(1, 1_000, 1_200);
    scene.offer(
        scene.plan(7, 900, 10).commented(1),
        scene.plan(7, 1_199, 190).commented(1),
        scene.plan(8, 1_198, 185));
    is(1, LinkMethod.TRACEPARENT, Confidence.AMBIGUOUS)
        .satisfies(link -> assertThat(link.doubt()).isEqualTo(Doubt.SEVERAL_EXECUTIONS));
  }

  @Test
  void aCommentOfAnotherBackendThanTheSpansContradicts() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(scene.plan(7, 500, 10).running(OTHER), scene.plan(8, 1_199, 190).commented(1));
    is(1, LinkMethod.TRACEPARENT, Confidence.AMBIGUOUS)
        .satisfies(link -> assertThat(link.doubt()).isEqualTo(Doubt.CONTRADICTION));
  }

  @Test
  void aCommentThatContradictsDoesNotShakeWhatTheBackendProves() {
    scene.call(1, 1_000, 1_200).on(7);
    scene.offer(scene.plan(7, 1_199, 190), scene.plan(8, 1_198, 185).commented(1));
    is(1, LinkMethod.BACKEND_PID, Confidence.EXACT)
        .satisfies(link -> assertThat(LinkScene.entry(link).backendPid()).isEqualTo(7));
  }

  @Test
  void aCommentAndABackendThatNameDifferentSpansLeaveBothAmbiguous() {
    scene.call(1, 1_000, 1_200);
    scene.call(2, 1_000, 1_200).on(7);
    scene.offer(scene.plan(7, 1_199, 190).commented(1));
    is(1, LinkMethod.TRACEPARENT, Confidence.AMBIGUOUS)
        .satisfies(link -> assertThat(link.doubt()).isEqualTo(Doubt.CONTRADICTION));
    is(2, LinkMethod.BACKEND_PID, Confidence.AMBIGUOUS);
  }

  @Test
  void behindAPoolerThePidOfTheSpanSaysNothingAgainstAComment() {
    scene.call(1, 1_000, 1_200).on(4_000_017);
    scene.offer(scene.plan(8, 1_199, 190).commented(1));
    is(1, LinkMethod.TRACEPARENT, Confidence.EXACT);
  }

  @Test
  void behindAPoolerThePidOfTheSpanIsNotOverruledByLikeness() {
    scene.call(1, 1_000, 1_200).on(4_000_017);
    scene.offer(scene.plan(8, 1_199, 190));
    assertThat(scene.link(1)).isNull();
  }

  @Test
  void anApplicationNameMayHoldATraceparentOrASpansId() {
    scene.call(1, 1_000, 1_200);
    scene.call(2, 1_000, 1_200);
    scene.offer(
        scene.plan(7, 1_199, 190).application("_DD_" + TRACEPARENT.formatted(1, 9)),
        scene.plan(8, 1_198, 190).application("api/0000000000000002"));
    is(1, LinkMethod.APPLICATION_NAME, Confidence.EXACT)
        .satisfies(link -> assertThat(LinkScene.entry(link).backendPid()).isEqualTo(7));
    is(2, LinkMethod.APPLICATION_NAME, Confidence.EXACT)
        .satisfies(link -> assertThat(LinkScene.entry(link).backendPid()).isEqualTo(8));
  }

  @Test
  void anApplicationNameThatNamesAServiceNarrowsTheSpans() {
    scene.call(1, 1_000, 1_200).of("orders");
    scene.call(2, 1_000, 1_200).of("billing");
    scene.offer(scene.plan(7, 1_199, 190).application("billing"));
    is(2, LinkMethod.FINGERPRINT_AND_DURATION, Confidence.PROBABLE);
    assertThat(scene.link(1)).isNull();
  }

  @Test
  void likenessIsProbableWhereOneSpanAndOneExecutionFit() {
    scene.call(1, 1_000, 1_200);
    scene.offer(scene.plan(7, 1_199, 190));
    is(1, LinkMethod.FINGERPRINT_AND_DURATION, Confidence.PROBABLE)
        .satisfies(link -> assertThat(link.plan()).isNotNull());
  }

  @Test
  void likenessIsAmbiguousWhereSeveralExecutionsFit() {
    scene.call(1, 1_000, 1_200);
    scene.offer(scene.plan(7, 1_199, 190), scene.plan(8, 1_190, 180));
    is(1, LinkMethod.FINGERPRINT_AND_DURATION, Confidence.AMBIGUOUS)
        .satisfies(link -> assertThat(link.doubt()).isEqualTo(Doubt.SEVERAL_EXECUTIONS));
  }

  @Test
  void likenessIsAmbiguousWhereSeveralSpansFit() {
    scene.call(1, 1_000, 1_200);
    scene.call(2, 1_001, 1_203);
    scene.offer(scene.plan(7, 1_199, 190));
    is(1, LinkMethod.FINGERPRINT_AND_DURATION, Confidence.AMBIGUOUS);
    is(2, LinkMethod.FINGERPRINT_AND_DURATION, Confidence.AMBIGUOUS)
        .satisfies(link -> assertThat(link.doubt()).isEqualTo(Doubt.SEVERAL_SPANS));
  }

  /** The rest of its time went into rows on their way to a slow client. */
  @Test
  void likenessIsAmbiguousWhereASpanThatTookMuchLongerMayHaveTheExecution() {
    scene.call(1, 1_000, 1_200);
    scene.call(2, 990, 1_400);
    scene.offer(scene.plan(7, 1_199, 190));
    is(1, LinkMethod.FINGERPRINT_AND_DURATION, Confidence.AMBIGUOUS)
        .satisfies(link -> assertThat(link.doubt()).isEqualTo(Doubt.SEVERAL_SPANS));
    assertThat(scene.link(2)).isNull();
  }

  @Test
  void likenessIsAmbiguousWhereAnotherExecutionLiesInTheSpan() {
    scene.call(1, 1_000, 1_200);
    scene.offer(scene.plan(7, 1_199, 190), scene.plan(8, 1_150, 40));
    is(1, LinkMethod.FINGERPRINT_AND_DURATION, Confidence.AMBIGUOUS)
        .satisfies(link -> assertThat(link.doubt()).isEqualTo(Doubt.SEVERAL_EXECUTIONS));
  }

  @Test
  void whatABackendProvesIsNotOfferedToASpanThatIsAlike() {
    scene.call(1, 1_000, 1_200);
    scene.call(2, 1_001, 1_203).on(7);
    scene.offer(scene.plan(7, 1_199, 190));
    assertThat(scene.link(1)).isNull();
    is(2, LinkMethod.BACKEND_PID, Confidence.EXACT);
  }

  @Test
  void anExecutionThatTookAPartOfTheSpanAloneIsNotAlike() {
    scene.call(1, 1_000, 1_200);
    assertThat(scene.offer(scene.plan(7, 1_199, 120)).link(1)).isNull();
  }

  @Test
  void anExecutionThatMayBelongToASpanBelowTheThresholdIsNotAlike() {
    scene.slowerThan(100).call(1, 1_000, 1_110);
    assertThat(scene.offer(scene.plan(7, 1_100, 95)).link(1)).isNull();
  }

  @Test
  void anExecutionThatMayBelongToASpanThatWasNotKeptIsNotAlike() {
    scene.moreSlowCalls(1).call(1, 1_000, 1_200);
    scene.call(2, 5_000, 5_195);
    assertThat(scene.offer(scene.plan(7, 1_199, 190)).link(1)).isNull();
    assertThat(scene.offer(scene.plan(7, 1_199, 196)).link(1)).isNotNull();
  }

  private ObjectAssert<Link> is(long span, LinkMethod method, Confidence confidence) {
    Link link = scene.link(span);
    Objects.requireNonNull(link);
    assertThat(link.method()).isEqualTo(method);
    assertThat(link.confidence()).isEqualTo(confidence);
    return assertThat(link);
  }
}
