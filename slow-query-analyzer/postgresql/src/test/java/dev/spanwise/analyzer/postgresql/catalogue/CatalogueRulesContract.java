package dev.spanwise.analyzer.postgresql.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.postgresql.server.TestServer;
import dev.spanwise.analyzer.rule.Diagnosis;
import dev.spanwise.analyzer.rule.Finding;
import dev.spanwise.analyzer.rule.Remedy;
import dev.spanwise.analyzer.rule.Severity;
import dev.spanwise.analyzer.workload.Workload;
import dev.spanwise.analyzer.workload.WorkloadBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the rules on catalogues say of real ones, on every supported server. */
abstract class CatalogueRulesContract {

  private final String schema = TestServer.unique("catalogue_rules");
  private final Connection connection;

  abstract TestServer server();

  CatalogueRulesContract() throws SQLException {
    this.connection = server().connect();
  }

  @BeforeEach
  void create() throws SQLException {
    TestServer.run(
        connection,
        "CREATE SCHEMA " + schema,
        "SET search_path = " + schema,
        "CREATE TABLE orders (id int PRIMARY KEY)",
        "INSERT INTO orders SELECT generate_series(1, 20000)",
        "CREATE TABLE lines (id int PRIMARY KEY,"
            + " order_id int CONSTRAINT lines_order_fk REFERENCES orders, note text)",
        "INSERT INTO lines SELECT i, i % 10000 + 1, 'n' || i FROM generate_series(1, 60000) i",
        "ANALYZE");
  }

  @AfterEach
  void drop() throws SQLException {
    TestServer.run(connection, "DROP SCHEMA " + schema + " CASCADE");
    connection.close();
  }

  @Test
  void aForeignKeyWithoutIndexIsFoundOnceRowsAreDeletedAndItsAdviceMendsIt() throws SQLException {
    assertThat(findings("ForeignKeyLacksIndex")).isEmpty();

    TestServer.run(
        connection,
        "DELETE FROM orders WHERE id BETWEEN 19001 AND 19003",
        "SELECT pg_stat_force_next_flush()");
    Finding finding = only("ForeignKeyLacksIndex");
    assertThat(finding.severity()).isEqualTo(Severity.LOW);
    assertThat(String.valueOf(finding.relation())).isEqualTo(schema + ".lines");

    follow(finding);
    assertThat(findings("ForeignKeyLacksIndex")).isEmpty();
  }

  @Test
  void aDuplicateIsFoundAndItsAdviceLeavesTheOther() throws SQLException {
    TestServer.run(
        connection,
        "CREATE INDEX note_idx ON lines (note)",
        "CREATE INDEX note_order_idx ON lines (note, order_id)",
        "CREATE INDEX note_like_idx ON lines (note text_pattern_ops)",
        "CREATE INDEX note_some_idx ON lines (note) WHERE order_id > 3");
    Finding finding = only("IndexIsDuplicate");
    assertThat(finding.title()).contains("note_idx", "is the beginning of note_order_idx");

    follow(finding);
    assertThat(findings("IndexIsDuplicate")).isEmpty();
  }

  @Test
  void aBuildThatFailedIsFoundAndItsAdviceRemovesIt() throws SQLException {
    try {
      TestServer.run(connection, "CREATE UNIQUE INDEX CONCURRENTLY broken ON lines (order_id)");
    } catch (SQLException duplicateKey) {
      assertThat(duplicateKey.getSQLState()).isEqualTo("23505");
    }
    Finding finding = only("IndexIsInvalid");
    assertThat(finding.title()).contains("broken");

    follow(finding);
    assertThat(findings("IndexIsInvalid")).isEmpty();
  }

  @Test
  void onAFreshServerNoIndexIsCalledUnused() throws SQLException {
    TestServer.run(
        connection,
        "CREATE INDEX note_idx ON lines (note)",
        "SET enable_indexscan = off",
        "SET enable_bitmapscan = off",
        "DO $$ BEGIN FOR i IN 1..1000 LOOP"
            + " PERFORM 1 FROM (SELECT FROM lines LIMIT 1) one; END LOOP; END $$",
        "SELECT pg_stat_force_next_flush()");
    Diagnosis diagnosis = diagnosis();
    assertThat(diagnosis.findings()).extracting(Finding::rule).doesNotContain("IndexIsUnused");
    assertThat(diagnosis.notes())
        .anySatisfy(
            note -> assertThat(note).matches("not known: whether .* without a scan .* needed: .*"));
  }

  private void follow(Finding finding) throws SQLException {
    assertThat(finding.remedy()).isInstanceOf(Remedy.Step.class);
    TestServer.run(connection, ((Remedy.Step) finding.remedy()).statement());
  }

  private Finding only(String rule) throws SQLException {
    List<Finding> findings = findings(rule);
    assertThat(findings).hasSize(1);
    return findings.get(0);
  }

  /** The findings of a rule in this test's schema. */
  private List<Finding> findings(String rule) throws SQLException {
    return diagnosis().findings().stream()
        .filter(finding -> finding.rule().equals(rule))
        .filter(finding -> String.valueOf(finding.relation()).startsWith(schema + "."))
        .toList();
  }

  private Diagnosis diagnosis() throws SQLException {
    Catalogue catalogue = CatalogueReader.read(connection);
    Workload nothing = new WorkloadBuilder(Duration.ofMillis(100)).build();
    return Diagnosis.of(nothing, Links.withoutLog(nothing), catalogue);
  }
}
