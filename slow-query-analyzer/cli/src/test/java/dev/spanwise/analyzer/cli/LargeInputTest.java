package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans and statements beyond what a server prints, and in other encodings. */
class LargeInputTest {

  private static final String NODE =
      """
      {"Node Type": "Seq Scan", "Parent Relationship": "Member", "Relation Name": "orders", "Alias": "orders",
       "Startup Cost": 0.00, "Total Cost": 155.00, "Plan Rows": 50, "Plan Width": 44}""";

  private static final String PLAN =
      "[{\"Plan\": {\"Node Type\": \"Result\", \"Startup Cost\": 0.00, \"Total Cost\": 0.01,"
          + " \"Plan Rows\": 1, \"Plan Width\": 4}}]";

  @TempDir private Path directory;

  @Test
  void aPlanOfEightyMegabytesIsRefusedByItsSize() throws IOException {
    Path plan = directory.resolve("plan.json");
    try (Writer writer = Files.newBufferedWriter(plan)) {
      writer.write("[{\"Plan\": {\"Node Type\": \"Append\", \"Plans\": [" + NODE);
      for (long bytes = 0; bytes < 80_000_000; bytes += NODE.length()) {
        writer.write(",\n" + NODE);
      }
      writer.write("]}}]");
    }

    CommandRun run = CommandRun.of("explain", plan.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints())
        .containsExactly("spanwise: " + plan + " is larger than any plan: over 16 MiB");
  }

  @Test
  void aStatementOfTwoMegabytesIsTaken() throws IOException {
    Path plan = Files.writeString(directory.resolve("plan.json"), PLAN);
    Path sql =
        Files.writeString(
            directory.resolve("statement.sql"),
            "SELECT * FROM orders WHERE id IN (" + "1234567, ".repeat(230_000) + "1)");

    CommandRun run =
        CommandRun.of("explain", plan.toString(), "--sql", sql.toString(), "--format", "json");

    assertThat(run.exitCode()).isZero();
    JsonNode report = ReportContract.read(run.out());
    assertThat(report.at("/queries/0/text").asText())
        .startsWith("select * from orders where id in");
    assertThat(run.out()).doesNotContain("1234567").hasSizeLessThan(100_000);
  }

  @Test
  void aPlanInAnotherEncodingIsRead() throws IOException {
    Path plan =
        Files.write(
            directory.resolve("plan.txt"),
            """
            Seq Scan on gr\u00f6\u00dfe  (cost=0.00..155.00 rows=1 width=4) (actual time=0.1..90.0 rows=1 loops=1)
              Filter: (note = '\u00e9'::text)
              Rows Removed by Filter: 99999
            Execution Time: 91.000 ms
            """
                .getBytes(StandardCharsets.ISO_8859_1));

    CommandRun run = CommandRun.of("explain", plan.toString(), "--format", "json");

    assertThat(run.exitCode()).isZero();
    assertThat(ReportContract.read(run.out()).at("/findings/0/rule").asText())
        .isEqualTo("SeqScanDiscardsMostRows");
  }
}
