package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.report.Report.Finding;
import dev.spanwise.analyzer.report.Report.Query;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeadlineTest {

  private static final String FEED = "GET /feed";

  @Test
  void saysOverHowManyCallsTheFirstCureSaves() {
    List<Query> queries = List.of(query("GET /other", 9), query(FEED, 144));

    assertThat(Headline.of(report(input(20, 5, 0), queries, List.of(finding(66_000.0)))))
        .isEqualTo("1 cause found; curing it would save 1 min 6 s over 144 calls from GET /feed");
  }

  @Test
  void saysInTotalWhereTheCallsOfThePlaceAreNotKnown() {
    assertThat(
            Headline.of(
                report(
                    input(20, 5, 0),
                    List.of(query("GET /other", 9)),
                    List.of(finding(66_000.0), finding(1.0)))))
        .isEqualTo("2 causes found; curing the first would save 1 min 6 s in total in GET /feed");
  }

  @Test
  void claimsNoSavingThatIsNotKnown() {
    assertThat(Headline.of(report(input(0, 5, 0), List.of(), List.of(finding(null)))))
        .isEqualTo("1 cause found");
  }

  @Test
  void doesNotPassOverInputThatCouldNotBeRead() {
    assertThat(Headline.of(report(input(20, 5, 3), List.of(query(FEED, 1)), List.of())))
        .isEqualTo("No cause found in what could be read; 3 pieces of input could not be");
    assertThat(Headline.of(report(input(0, 5, 1), List.of(), List.of())))
        .isEqualTo("No cause found in what could be read; 1 piece of input could not be");
  }

  private static Report report(Report.Input input, List<Query> queries, List<Finding> findings) {
    return new Report(
        "1",
        SampleReports.GENERATED,
        new Report.Tool("spanwise", "0.1.0"),
        input,
        new Report.Links(0, 0, 0, 0, Map.of()),
        queries,
        findings,
        List.of());
  }

  private static Report.Input input(long spans, long plans, int rejected) {
    List<Rejection> first =
        rejected == 0 ? List.of() : List.of(new Rejection("log", "line 1", "no JSON"));
    return new Report.Input(spans, spans, plans, 1, first, rejected, List.of());
  }

  private static Query query(String endpoint, long calls) {
    return SampleReports.query(
        "f0", "select 1", "feed", endpoint, "healthy", null, calls, 1, 1, 1, 1, 1, List.of());
  }

  private static Finding finding(@Nullable Double savedMs) {
    return new Finding(
        "id",
        "rule",
        "high",
        "f0",
        null,
        "portfolio-api",
        "feed",
        FEED,
        "title",
        "",
        savedMs,
        List.of(),
        List.of(),
        List.of(),
        "",
        null);
  }
}
