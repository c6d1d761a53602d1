package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every form of every sample with the file under {@code
 * src/test/resources/dev/spanwise/analyzer/report/golden}. To write the files anew, then read the
 * difference:
 *
 * <pre>mvn -pl slow-query-analyzer/core -am test -Dtest=ReportGoldenTest \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dspanwise.golden.update=true</pre>
 */
class ReportGoldenTest {

  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/spanwise/analyzer/report/golden");

  static Stream<Arguments> documents() {
    return SampleReports.all().keySet().stream()
        .flatMap(
            name -> Stream.of(ReportFormat.values()).map(format -> Arguments.of(name, format)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void isRenderedAsTheGoldenFile(String name, ReportFormat format) throws IOException {
    Report report = SampleReports.named(name);
    // The page without the style and scripts, which have their own tests.
    String document =
        format == ReportFormat.HTML
            ? HtmlReport.render(HtmlPage.of(report, new BrowserCode("", "", "{}", "policy")))
            : format.render(report);

    Path golden = GOLDEN.resolve(name + "." + format.fileExtension());
    if (Boolean.getBoolean("spanwise.golden.update")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, document);
    }
    assertThat(document).isEqualTo(Files.readString(golden));
  }
}
