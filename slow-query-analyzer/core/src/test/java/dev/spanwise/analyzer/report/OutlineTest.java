package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Verified;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutlineTest {

  @Test
  void endsAStatementToCopyWithOneSemicolon() {
    assertThat(Outline.runnable(index("create index on t (a)", null)))
        .isEqualTo("create index on t (a);");
    assertThat(Outline.runnable(index("create index on t (a);\n", null)))
        .isEqualTo("create index on t (a);");
  }

  @Test
  void doesNotHideTheSemicolonInAComment() {
    assertThat(Outline.runnable(index("create index on t (a) -- why", null)))
        .isEqualTo("create index on t (a) -- why\n;");
  }

  @Test
  void keepsTheStatementOfTheJsonAsItIs() {
    Report report = explained();

    assertThat(ReportFormat.JSON.render(report)).contains("\"CREATE INDEX ON t (a)\"");
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.MARKDOWN)) {
      assertThat(format.render(report)).contains("CREATE INDEX ON t (a);");
    }
  }

  @Test
  void saysNothingOfSpansWherePlansAloneWereRead() {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.MARKDOWN)) {
      assertThat(format.render(explained()))
          .contains("1 plan, 1 statement")
          .doesNotContain("span ", "spans", "linked");
    }
    assertThat(ReportFormat.HTML.render(explained()))
        .doesNotContain("spans read", "not linked", "How slow spans");
  }

  @Test
  void showsNoGeneratedNameInAPlan() {
    assertThat(ReportFormat.HTML.render(explained()))
        .contains("Index Scan using the advised index on public.t")
        .contains("\"Index Name\":\"the advised index\"")
        .doesNotContain("spanwise_what_if");
  }

  @Test
  void breaksALineWithinAPathButNotWithinAQuantity() {
    assertThat(HtmlPage.pieces("1 min 6 s, 99.97 % of GET /a/{id}/b"))
        .containsExactly("1\u00a0min\u00a06\u00a0s, 99.97\u00a0% of GET /a/", "{id}/", "b");
  }

  @Test
  void namesAStatementWithoutANamedReadByItsFirstWords() {
    assertThat(ReportFormat.TEXT.render(explained()))
        .contains("helps      select a, b from t where a = $1 (f0)");
  }

  private static Report explained() {
    return new Report(
        "1",
        SampleReports.GENERATED,
        new Report.Tool("spanwise", "0.1.0"),
        new Report.Input(0, 0, 1, 1, List.of(), 0, List.of()),
        new Report.Links(0, 0, 0, 0, Map.of()),
        List.of(
            new Report.Query(
                "f0",
                "postgresql",
                "select a, b\nfrom t where a = $1",
                null,
                null,
                null,
                "healthy",
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                List.of())),
        List.of(),
        List.of(
            index(
                "CREATE INDEX ON t (a)",
                "{\"Plan\":{\"Node Type\":\"Index Scan\",\"Index Name\":\"spanwise_what_if_0123abc\","
                    + "\"Schema\":\"public\",\"Relation Name\":\"t\"}}")));
  }

  private static Advice index(String statement, @Nullable String planAfter) {
    return new Advice(
        "id",
        "create-index",
        statement,
        null,
        List.of("a"),
        "btree",
        new Verified("executed", null, 2.0, 1.0),
        null,
        null,
        List.of("f0"),
        List.of(),
        null,
        planAfter);
  }
}
