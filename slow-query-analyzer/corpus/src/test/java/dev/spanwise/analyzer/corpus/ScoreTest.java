package dev.spanwise.analyzer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.corpus.CaseResult.Found;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoreTest {

  private static final CorpusCase PATHOLOGY =
      labelled(
          """
          expected: [SeqScanDiscardsMostRows, WaitedForLock]
          tolerated: [ReadFromDisk]
          forbidden: [JitDominates]
          fixes: ['create-index .*orders \\(status']
          """);
  private static final CorpusCase CONTROL = labelled("");

  @Test
  void anExpectedRuleIsFoundHoweverLow() {
    assertThat(score(PATHOLOGY, new Found("WaitedForLock", "info", List.of())))
        .isEqualTo(new Score(1, 1, 0));
  }

  @Test
  void aFindingIsWrongAboveLowUnlessItIsTolerated() {
    assertThat(score(CONTROL, new Found("ReadFromDisk", "medium", List.of())))
        .isEqualTo(new Score(0, 0, 1));
    assertThat(score(CONTROL, new Found("ReadFromDisk", "low", List.of()))).isEqualTo(Score.NONE);
    assertThat(score(PATHOLOGY, new Found("ReadFromDisk", "critical", List.of())))
        .isEqualTo(new Score(0, 2, 0));
  }

  @Test
  void aForbiddenFindingIsWrongHoweverLow() {
    assertThat(score(PATHOLOGY, new Found("JitDominates", "info", List.of())))
        .isEqualTo(new Score(0, 2, 1));
  }

  @Test
  void countingLowAFindingIsWrongUnlessItIsLabelled() {
    CaseResult low = result(CONTROL, new Found("ReadFromDisk", "low", List.of()));
    CaseResult labelled =
        result(
            PATHOLOGY,
            new Found("WaitedForLock", "low", List.of()),
            new Found("ReadFromDisk", "low", List.of()));

    assertThat(Score.countingLow(List.of(low))).isEqualTo(new Score(0, 0, 1));
    assertThat(Score.countingLow(List.of(labelled))).isEqualTo(new Score(1, 1, 0));
    assertThat(low.isSilent()).isTrue();
    assertThat(result(CONTROL, new Found("ReadFromDisk", "medium", List.of())).isSilent())
        .isFalse();
  }

  @Test
  void oneRuleCountsOnceInACase() {
    Found found = new Found("ReadFromDisk", "high", List.of());
    assertThat(score(CONTROL, found, found)).isEqualTo(new Score(0, 0, 1));
  }

  @Test
  void theScoreOfOneRuleLeavesTheOthersOut() {
    CaseResult result =
        result(
            PATHOLOGY,
            new Found("SeqScanDiscardsMostRows", "high", List.of()),
            new Found("JitDominates", "high", List.of()));
    assertThat(Score.of(List.of(result), Set.of("SeqScanDiscardsMostRows")))
        .isEqualTo(new Score(1, 0, 0));
  }

  @Test
  void precisionAndRecallAndTheirMean() {
    Score score = new Score(6, 2, 4);
    assertThat(score.precision()).isEqualTo(0.6);
    assertThat(score.recall()).isEqualTo(0.75);
    assertThat(score.f1()).isCloseTo(2 * 0.6 * 0.75 / (0.6 + 0.75), within(1e-12));
    assertThat(Score.NONE.precision()).isNaN();
  }

  @Test
  void adviceIsAcceptedByTheFixes() {
    String right = "create-index CREATE INDEX CONCURRENTLY ON public.orders (status, total)";
    Found found = new Found("SeqScanDiscardsMostRows", "high", List.of(right));
    assertThat(result(PATHOLOGY, found).adviceIsAccepted()).isTrue();
    Found other = new Found("SeqScanDiscardsMostRows", "high", List.of("analyze ANALYZE orders"));
    assertThat(result(PATHOLOGY, other).adviceIsAccepted()).isFalse();
    assertThat(result(PATHOLOGY).adviceIsJudged()).isFalse();
  }

  @Test
  void thePageKeepsWhatIsAroundTheFiguresAndNamesWhatWasMissed() {
    AccuracyPage page =
        new AccuracyPage(
            List.of(result(PATHOLOGY, new Found("ReadFromDisk", "low", List.of()))),
            Set.of("SeqScanDiscardsMostRows"),
            "a test machine");
    String once =
        page.writtenInto("before " + AccuracyPage.BEGIN + " " + AccuracyPage.END + " after");
    assertThat(once)
        .startsWith("before ")
        .endsWith(" after")
        .contains(
            "| shop/one | 18.1 | SeqScanDiscardsMostRows, WaitedForLock"
                + " | SeqScanDiscardsMostRows, WaitedForLock | ReadFromDisk (low) |")
        .contains("| WaitedForLock (not in the code yet) | 0 | 1 | 0 | – | 0.00 | 0.00 |");
    assertThat(page.writtenInto(once)).isEqualTo(once);
  }

  @Test
  void aPageWithoutMarksIsRefused() {
    assertThatThrownBy(() -> new AccuracyPage(List.of(), Set.of(), "").writtenInto("no marks"))
        .hasMessageContaining("lacks the marks");
  }

  private static Score score(CorpusCase theCase, Found... found) {
    return Score.of(List.of(result(theCase, found)));
  }

  private static CaseResult result(CorpusCase theCase, Found... found) {
    return new CaseResult(theCase, "18.1", List.of(found), List.of(), null);
  }

  private static CorpusCase labelled(String labels) {
    return CaseReader.read(
        "shop", "one", "shop/one", "about: A case.\nrequest:\n  - sql: select 1\n" + labels);
  }
}
