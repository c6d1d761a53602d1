package dev.spanwise.agent.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedReadsTest {

  @Test
  void aPatternWithASlashIsComparedWithTheRoute() {
    NamedReads reads = NamedReads.of(Map.of("watchlist", "/api/watchlists/{id}"));

    assertThat(reads.name("/api/watchlists/{id}", "GET")).isEqualTo("watchlist");
    assertThat(reads.name("/api/watchlists", "GET")).isNull();
    assertThat(reads.name(null, "/api/watchlists/{id}")).isNull();
  }

  @Test
  void anyOtherIsComparedWithTheSpansName() {
    NamedReads reads = NamedReads.of(Map.of("portfolio", "PortfolioService.summary"));

    assertThat(reads.name(null, "PortfolioService.summary")).isEqualTo("portfolio");
    assertThat(reads.name(null, "PortfolioService.summaryOfAll")).isNull();
    assertThat(reads.name(null, "PortfolioService-summary")).isNull();
  }

  @Test
  void aStarStandsForAnyCharacters() {
    NamedReads reads = NamedReads.of(Map.of("portfolio", "GET /api/*/summary*"));

    assertThat(reads.name(null, "GET /api/portfolio/summary")).isEqualTo("portfolio");
    assertThat(reads.name(null, "GET /api/a/b/summary.json")).isEqualTo("portfolio");
    assertThat(reads.name(null, "POST /api/portfolio/summary")).isNull();
  }

  @Test
  void whatARegularExpressionWouldReadOtherwiseIsItself() {
    NamedReads reads = NamedReads.of(Map.of("odd", "/a/{id:\\d+}/\\E(b)"));

    assertThat(reads.name("/a/{id:\\d+}/\\E(b)", "")).isEqualTo("odd");
    assertThat(reads.name("/a/7/b", "")).isNull();
  }

  @Test
  void severalPatternsNameOneReadAndTheFirstReadWins() {
    Map<String, String> patterns = new LinkedHashMap<>();
    patterns.put("first", "/a|/b");
    patterns.put("second", "/b|/c");
    NamedReads reads = NamedReads.of(patterns);

    assertThat(reads.name("/a", "")).isEqualTo("first");
    assertThat(reads.name("/b", "")).isEqualTo("first");
    assertThat(reads.name("/c", "")).isEqualTo("second");
  }

  @Test
  void aBlankPatternIsRefusedByTheReadsName() {
    assertThatThrownBy(() -> NamedReads.of(Map.of("watchlist", "/a|")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("watchlist");
  }
}
