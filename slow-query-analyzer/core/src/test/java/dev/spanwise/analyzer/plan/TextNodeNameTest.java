package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextNodeNameTest {

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("dev.spanwise.analyzer.plan.RecordedPlans#all")
  void knowsTheNamesOfAllThatWasRecorded(int major, String name) {
    assertThat(
            RecordedPlans.text(major, name)
                .lines()
                .map(line -> line.replaceFirst("^ *-> *", "").strip())
                .filter(line -> TextNode.hasNumbers(line) && !line.contains("decoy"))
                .map(line -> line.replaceFirst("\\s+\\((?:cost=|actual |never ).*", "")))
        .allMatch(TextNodeName::isPostgresqls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Foreign Scan",
        "Foreign Scan on orders o",
        "Async Foreign Scan on orders",
        "Foreign Update on orders",
        "Custom Scan (Citus Adaptive)",
        "Custom Scan (ChunkAppend) on readings",
        "Table Function Scan on \"xmltable\"",
        "Named Tuplestore Scan on changed",
        "Merge on stock",
        "Parallel Hash Right Semi Join",
        "Recursive Union",
        "Tid Range Scan on t",
      })
  void knowsWhatIsRare(String name) {
    assertThat(TextNodeName.isPostgresqls(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hello",
        "Insert",
        "Seq Scan",
        "Sort on time",
        "Result using magic",
        "Seq Scans on t"
      })
  void knowsNothingElse(String name) {
    assertThat(TextNodeName.isPostgresqls(name)).isFalse();
  }
}
