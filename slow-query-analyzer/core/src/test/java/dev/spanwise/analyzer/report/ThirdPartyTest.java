package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ThirdPartyTest {

  private static final Path PEV2 = Path.of("src/main/third-party/pev2");

  static List<String> checksums() throws IOException {
    return Files.readAllLines(PEV2.resolve("SHA256SUMS"));
  }

  @ParameterizedTest
  @MethodSource("checksums")
  void isTheFileThatWasFetched(String line) throws Exception {
    String name = line.substring(66);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(PEV2.resolve(name)));

    assertThat(HexFormat.of().formatHex(digest)).as(name).isEqualTo(line.substring(0, 64));
  }

  @Test
  void everyShippedFileHasAChecksum() throws IOException {
    assertThat(checksums())
        .extracting(line -> line.substring(66))
        .contains("pev2.umd.js", "pev2.css", "LICENSE");
  }

  @Test
  void thePageIsSmallAndNamesNoAddressToLoadFrom() {
    String page = ReportFormat.HTML.render(SeveralCauses.report());

    assertThat(page).hasSizeLessThan(1_500_000).doesNotContain("sourceMappingURL");
    assertThat(page.substring(0, page.indexOf("id=\"viewer\"")))
        .doesNotContain("src=\"http", "@import", "url(http");
  }

  @Test
  void aPageWithoutPlansIsWithoutTheViewer() {
    assertThat(ReportFormat.HTML.render(SampleReports.healthy())).hasSizeLessThan(30_000);
  }
}
