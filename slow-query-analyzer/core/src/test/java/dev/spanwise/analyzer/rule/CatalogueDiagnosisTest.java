package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Index;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueDiagnosisTest {

  @Test
  void findingsAreLowForNoStatementShowsWhatTheyCost() {
    List<Finding> findings = CatalogueDiagnosis.of(duplicates(1), List.of()).findings();
    assertThat(findings)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.LOW);
              assertThat(finding.savedMs()).isNull();
              assertThat(finding.id()).matches("IndexIsDuplicate-[0-9a-f]{12}");
            });
  }

  @Test
  void moreThanAreShownAreCounted() {
    CatalogueDiagnosis diagnosis = CatalogueDiagnosis.of(duplicates(27), List.of());
    assertThat(diagnosis.findings()).hasSize(20).extracting(Finding::id).doesNotHaveDuplicates();
    assertThat(diagnosis.notes()).contains("IndexIsDuplicate holds in 7 more cases, not shown");
  }

  @Test
  void whatAStatementShowedIsNotSaidAgain() {
    Catalogue catalogue = duplicates(1);
    List<Finding> known = CatalogueDiagnosis.of(catalogue, List.of()).findings();
    assertThat(CatalogueDiagnosis.of(catalogue, known).findings()).isEmpty();
  }

  private static Catalogue duplicates(int count) {
    Index[] indexes =
        IntStream.range(0, count)
            .boxed()
            .flatMap(
                i ->
                    List.of(
                        RuleCatalogues.index("a" + i, false, 1, Index.ORDINARY, "c" + i),
                        RuleCatalogues.index("b" + i, false, 1, Index.ORDINARY, "c" + i))
                        .stream())
            .toArray(Index[]::new);
    return RuleCatalogues.of(RuleCatalogues.table("quotes", List.of(), indexes));
  }
}
