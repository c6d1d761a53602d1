package dev.spanwise.analyzer.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** One case from its file to its score, so that a plain build sees that the corpus still runs. */
class SmokeTest {

  @Test
  void aCaseIsRunAndItsCauseFound() throws IOException, SQLException {
    Corpus corpus = Corpus.load();
    CorpusServer server = CorpusServer.of(TestServer.postgres18(), "jsonlog");
    CaseResult result =
        new CaseRun(server, new SchemaTemplates(corpus, server))
            .run(corpus.named("ledger/entries-of-an-account"));
    assertThat(result.failure()).isNull();
    assertThat(result.found()).containsExactly("SeqScanDiscardsMostRows");
    assertThat(result.missed()).isEmpty();
    assertThat(result.wrong()).isEmpty();
    assertThat(result.adviceIsAccepted()).as("%s", result.expectedAdvice()).isTrue();
  }
}
