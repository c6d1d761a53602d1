package dev.spanwise.analyzer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** That the cases are there and well-formed; reading them refuses what is not. */
class CorpusFormTest {

  private final Corpus corpus;

  CorpusFormTest() throws IOException {
    corpus = Corpus.load();
  }

  @Test
  void thereAreEnoughPathologiesAndControls() {
    List<CorpusCase> cases = corpus.cases();
    assertThat(cases).filteredOn(CorpusCase::isControl).hasSizeGreaterThanOrEqualTo(30);
    assertThat(cases).filteredOn(each -> !each.isControl()).hasSizeGreaterThanOrEqualTo(60);
  }

  @Test
  void everyRuleIsExpectedByTwoCasesOrMore() {
    var cases =
        corpus.cases().stream()
            .flatMap(each -> each.labels().expected().stream())
            .collect(Collectors.groupingBy(rule -> rule, Collectors.counting()));
    assertThat(cases).containsOnlyKeys(CatalogueRules.ALL);
    assertThat(cases.values()).allMatch(count -> count >= 2);
  }

  @Test
  void everySchemaHasItsScript() {
    assertThat(corpus.schemas()).hasSizeGreaterThanOrEqualTo(6);
    assertThat(corpus.schemas()).allMatch(schema -> Files.isRegularFile(corpus.script(schema)));
  }

  @Test
  void noTwoCasesTellTheSameStory() {
    assertThat(corpus.cases()).extracting(CorpusCase::about).doesNotHaveDuplicates();
  }
}
