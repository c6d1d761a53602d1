package dev.spanwise.agent.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedReadsTest {
  private final List<String> leftOut = new ArrayList<>();

  @Test
  void aPatternWithASlashIsComparedWithTheRoute() {
    NamedReads reads = reads(Map.of("watchlist", "/api/watchlists/{id}"));

    assertThat(reads.name("/api/watchlists/{id}", "GET")).isEqualTo("watchlist");
    assertThat(reads.name("/api/watchlists", "GET")).isNull();
    assertThat(reads.name(null, "/api/watchlists/{id}")).isNull();
  }

  @Test
  void anyOtherIsComparedWithTheSpansName() {
    NamedReads reads = reads(Map.of("portfolio", "PortfolioService.summary"));

    assertThat(reads.name(null, "PortfolioService.summary")).isEqualTo("portfolio");
    assertThat(reads.name(null, "PortfolioService.summaryOfAll")).isNull();
    assertThat(reads.name(null, "PortfolioService-summary")).isNull();
  }

  @Test
  void aStarStandsForAnyCharacters() {
    NamedReads reads = reads(Map.of("portfolio", "GET /api/*/summary*"));

    assertThat(reads.name(null, "GET /api/portfolio/summary")).isEqualTo("portfolio");
    assertThat(reads.name(null, "GET /api/a/b/summary.json")).isEqualTo("portfolio");
    assertThat(reads.name(null, "POST /api/portfolio/summary")).isNull();
  }

  @Test
  void whatARegularExpressionWouldReadOtherwiseIsItself() {
    NamedReads reads = reads(Map.of("odd", "/a/{id:\\d+}/\\E(b)"));

    assertThat(reads.name("/a/{id:\\d+}/\\E(b)", "")).isEqualTo("odd");
    assertThat(reads.name("/a/7/b", "")).isNull();
  }

  @Test
  void severalPatternsNameOneReadAndTheFirstReadWins() {
    Map<String, String> patterns = new LinkedHashMap<>();
    patterns.put("first", "/a|/b");
    patterns.put("second", "/b|/c");
    NamedReads reads = reads(patterns);

    assertThat(reads.name("/a", "")).isEqualTo("first");
    assertThat(reads.name("/b", "")).isEqualTo("first");
    assertThat(reads.name("/c", "")).isEqualTo("second");
  }

  @Test
  void oneLineNamesSeveralReads() {
    NamedReads reads = NamedReads.parse("watchlist=/a|/b, portfolio = GET /c=d ", leftOut::add);

    assertThat(reads.name("/b", "")).isEqualTo("watchlist");
    assertThat(reads.name(null, "GET /c=d")).isEqualTo("portfolio");
    assertThat(leftOut).isEmpty();
  }

  @Test
  void whatIsNotOfTheFormIsLeftOutAloneAndNamed() {
    NamedReads reads = NamedReads.parse("x=,watchlist,=/c,,a=/a|,b=/b", leftOut::add);

    assertThat(reads.name("/a", "")).isEqualTo("a");
    assertThat(reads.name("/b", "")).isEqualTo("b");
    assertThat(reads.name("/c", "")).isNull();
    assertThat(leftOut)
        .containsExactly(
            "'x=' lacks a name or a pattern",
            "'watchlist' is not name=pattern",
            "'=/c' lacks a name or a pattern",
            "'a=/a|' lacks a name or a pattern");
  }

  private NamedReads reads(Map<String, String> patterns) {
    NamedReads reads = NamedReads.of(patterns, leftOut::add);
    assertThat(leftOut).isEmpty();
    return reads;
  }
}
