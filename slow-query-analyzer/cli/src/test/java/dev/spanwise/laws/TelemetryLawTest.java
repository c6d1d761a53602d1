package dev.spanwise.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.telemetry.TelemetryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetryLawTest {

  private static final TelemetryNames NAMES = new TelemetryNames(TelemetryContract.ofThisVersion());

  @TempDir Path planted;

  @Test
  void pagesDashboardsAndAlertsUseDeclaredNamesAlone() throws IOException {
    Path root = Repository.root();
    List<Path> documents = Repository.documents(root);
    assertThat(documents)
        .contains(root.resolve("docs/telemetry.md"), root.resolve("README.md"))
        .hasSizeGreaterThan(30);
    assertThat(NAMES.undeclared(root, documents)).isEmpty();
  }

  @Test
  void sourcesUseDeclaredNamesAloneAndByTheirConstants() throws IOException {
    Path root = Repository.root();
    List<Path> sources = Repository.productionSources(root);
    assertThat(sources).hasSizeGreaterThan(100);
    assertThat(NAMES.undeclared(root, sources)).isEmpty();
    assertThat(NAMES.literals(root, sources)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/page.md",
        "docs/adr/0001.md",
        "README.md",
        "module/README.md",
        "dashboards/generated/reads.json",
        "alerts/rules/reads.yaml",
        "alerts/rules/reads.yml"
      })
  void anUndeclaredNameIsFoundInEachSortOfDocument(String file) throws IOException {
    plant(file, "a line", "{\"expr\":\"rate(spanwise_read_durations_bucket[5m])\"}");
    assertThat(undeclared()).containsExactly(file + ":2: spanwise_read_durations_bucket");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spanwise.read.nom",
        "spanwise_read_duration",
        "spanwise_read_duration_milliseconds",
        "spanwise_jetstream_redeliveries",
        "spanwise.readName",
        "spanwise.reads.*",
        "spanwise_reads_*"
      })
  void aNameThatIsNotDeclaredIsFoundWhereverItStands(String name) throws IOException {
    plant("docs/page.md", "`" + name + "`", "by (" + name + ") or {" + name + "=\"x\"}");
    assertThat(undeclared())
        .containsExactly(
            "docs/page.md:1: " + name, "docs/page.md:2: " + name, "docs/page.md:2: " + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`spanwise.read.name` and `postgresql.pid`.",
        "The span has spanwise.read.name.",
        "sum by (le, spanwise_read_name) (rate(spanwise_read_duration_seconds_bucket[5m]))",
        "spanwise_finding_info{rule=\"SeqScanDiscardsMostRows\"}",
        "spanwise.read.* and spanwise_jetstream_*",
        "dev.spanwise.instrumentation, -Dspanwise.golden.update=true, postgresql.conf",
        "target/spanwise.jar and ./spanwise serve, on spanwise_what_if_0123abc"
      })
  void declaredNamesAndWhatIsNoNameOfOursAreNoViolation(String line) throws IOException {
    plant("docs/page.md", line);
    assertThat(undeclared()).isEmpty();
  }

  @Test
  void aNameThatIsWrittenAsALiteralIsFound() throws IOException {
    plant(
        "module/src/main/java/Planted.java",
        "package dev.spanwise.planted;",
        "  String attribute = \"spanwise.read.name\";",
        "  String metric = \"spanwise_links\";",
        "  String pid = key(\"postgresql.pid\");",
        "  String message = \"the span has no postgresql.pid\";",
        "  String index = \"spanwise_what_if_0123\";",
        "  String scope = \"dev.spanwise.read\";");
    plant("module/src/test/java/PlantedTest.java", "\"spanwise.read.name\"");
    plant("testing/src/main/java/PlantedContract.java", "\"spanwise.read.name\"");
    assertThat(NAMES.literals(planted, Repository.productionSources(planted)))
        .containsExactly(
            "module/src/main/java/Planted.java:2: \"spanwise.read.name\"",
            "module/src/main/java/Planted.java:3: \"spanwise_links\"",
            "module/src/main/java/Planted.java:4: \"postgresql.pid\"");
  }

  private List<String> undeclared() throws IOException {
    return NAMES.undeclared(planted, Repository.documents(planted));
  }

  private void plant(String file, String... lines) throws IOException {
    Path path = planted.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, List.of(lines));
  }
}
