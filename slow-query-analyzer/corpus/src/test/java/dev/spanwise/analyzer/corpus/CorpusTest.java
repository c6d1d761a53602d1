package dev.spanwise.analyzer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs the corpus and writes docs/accuracy.md. {@code -Dcorpus.cases=<regular expression>} runs
 * some cases alone and writes the same page under {@code target}.
 */
@Tag("corpus")
class CorpusTest {

  /** The promise to users; see docs/accuracy.md. */
  private static final double TARGET = 0.95;

  private static final Path DOCUMENTS = Path.of("..", "..", "docs");
  private static final Path PAGE = DOCUMENTS.resolve("accuracy.md");

  private final List<CaseResult> results = new ArrayList<>();

  @Test
  void whatIsExpectedIsFoundAndHealthyCasesStaySilent() throws IOException, SQLException {
    Corpus corpus = Corpus.load();
    Pattern wanted = Pattern.compile(System.getProperty("corpus.cases", ""));
    run(corpus, wanted, CorpusServer.of(TestServer.postgres15(), "stderr"));
    run(corpus, wanted, CorpusServer.of(TestServer.postgres18(), "jsonlog"));
    String page =
        new AccuracyPage(results, rulesInCode(), machine()).writtenInto(Files.readString(PAGE));
    boolean whole = wanted.pattern().isEmpty();
    Files.writeString(whole ? PAGE : Path.of("target", "accuracy.md"), page);
    assertThat(results).extracting(CaseResult::failure).containsOnlyNulls();
    Score score = Score.of(results);
    assertThat(score.precision()).as("precision of %s", score).isGreaterThanOrEqualTo(TARGET);
    assertThat(score.recall()).as("recall of %s", score).isGreaterThanOrEqualTo(TARGET);
    assertThat(results)
        .filteredOn(each -> each.theCase().isControl())
        .allSatisfy(each -> assertThat(each.wrong()).as(each.theCase().id()).isEmpty());
  }

  private void run(Corpus corpus, Pattern wanted, CorpusServer server) {
    CaseRun runner = new CaseRun(server, new SchemaTemplates(corpus, server));
    for (CorpusCase each : corpus.cases()) {
      if (each.servers().contains(server.majorVersion()) && wanted.matcher(each.id()).find()) {
        CaseResult result = runner.run(each);
        results.add(result);
        System.out.printf("%s on %s: %s%n", each.id(), server.version(), summary(result));
      }
    }
  }

  private static String summary(CaseResult result) {
    return result.failure() == null
        ? "found %s, missed %s, wrong %s; %s %s"
            .formatted(
                result.found(),
                result.missed(),
                result.wrong(),
                result.findings(),
                result.messages())
        : "not run: " + result.failure();
  }

  private static String machine() {
    return "Java %s, %d processors"
        .formatted(Runtime.version(), Runtime.getRuntime().availableProcessors());
  }

  /** A law of the repository: every rule has its page. */
  private static Set<String> rulesInCode() throws IOException {
    try (Stream<Path> pages = Files.list(DOCUMENTS.resolve("rules"))) {
      return pages
          .map(page -> page.getFileName().toString().replace(".md", ""))
          .filter(CatalogueRules.ALL::contains)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
