package dev.spanwise.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import dev.spanwise.analyzer.rule.PlantedRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RuleLawsTest {

  private static final String TESTS =
      "slow-query-analyzer/core/src/test/java/dev/spanwise/analyzer/rule";

  @ParameterizedTest
  @MethodSource("laws")
  void theProductKeepsTheLaw(ArchRule law) {
    law.check(Classes.PRODUCTION);
  }

  static Stream<ArchRule> laws() {
    return Stream.of(
        Laws.RULES_ARE_PACKAGE_PRIVATE,
        Laws.ONLY_THE_CATALOGUE_NAMES_RULES,
        Laws.RULES_ARE_IN_THE_CATALOGUE);
  }

  @Test
  void aRuleMayNotBePublic() {
    Classes.assertBroken(Laws.RULES_ARE_PACKAGE_PRIVATE, PlantedRules.PublicRule.class);
  }

  @Test
  void aRuleMayNotBeMissingFromTheCatalogue() {
    Classes.assertBroken(Laws.RULES_ARE_IN_THE_CATALOGUE, PlantedRules.PublicRule.class);
  }

  @Test
  void onlyTheCatalogueMayNameARule() {
    Class<?>[] rules = PlantedRules.class.getDeclaredClasses();
    Classes.assertBroken(Laws.ONLY_THE_CATALOGUE_NAMES_RULES, PlantedRules.NamesRule.class, rules);
  }

  @Test
  void everyRuleHasATestAndAPage() throws IOException {
    Path root = Repository.root();
    assertThat(Laws.ruleIds()).contains("SeqScanDiscardsMostRows", "QueryRepeatsPerItem");
    for (String rule : Laws.ruleIds()) {
      assertThat(root.resolve(TESTS).resolve(rule + "Test.java")).isRegularFile();
      assertThat(RulePage.faults(root.resolve(RulePage.FOLDER), rule)).isEmpty();
    }
  }

  @Test
  void everyPageIsOfARuleAndInTheIndex() throws IOException {
    Path folder = Repository.root().resolve(RulePage.FOLDER);
    String index = Files.readString(folder.resolve("README.md"));
    try (Stream<Path> pages = Files.list(folder)) {
      assertThat(pages.map(page -> page.getFileName().toString().replace(".md", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(Stream.of("README"), Laws.ruleIds().stream()).toList());
    }
    assertThat(Laws.ruleIds()).allMatch(rule -> index.contains("(" + rule + ".md)"));
  }

  @Test
  void aPageMayNotBeMissingOrLackAHeading(@TempDir Path folder) throws IOException {
    assertThat(RulePage.faults(folder, "Planted")).containsExactly("Planted.md is missing");

    List<String> whole = Stream.concat(Stream.of("# Planted"), RulePage.HEADINGS.stream()).toList();
    Files.write(folder.resolve("Planted.md"), whole);
    assertThat(RulePage.faults(folder, "Planted")).isEmpty();

    for (String heading : whole) {
      Files.write(
          folder.resolve("Planted.md"), whole.stream().filter(h -> !h.equals(heading)).toList());
      assertThat(RulePage.faults(folder, "Planted"))
          .containsExactly("Planted.md lacks \"" + heading + "\"");
    }

    String[] tooLong = new String[RulePage.LINES];
    Arrays.fill(tooLong, "");
    Files.write(
        folder.resolve("Planted.md"),
        Stream.concat(whole.stream(), Arrays.stream(tooLong)).toList());
    assertThat(RulePage.faults(folder, "Planted"))
        .containsExactly("Planted.md is longer than 90 lines");
  }
}
