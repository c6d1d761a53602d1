package dev.spanwise.analyzer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentStatementTest {

  @Test
  void equalTextsHaveOneHashAndOthersAnother() {
    SentStatement one = SentStatement.of("SELECT value FROM settings WHERE name = 'currency'");
    SentStatement same = SentStatement.of("SELECT value FROM settings WHERE name = 'currency'");
    SentStatement other = SentStatement.of("SELECT value FROM settings WHERE name = 'language'");
    assertThat(one.hash()).isNotNull().isEqualTo(same.hash()).isNotEqualTo(other.hash());
    assertThat(one.statement()).isEqualTo(other.statement());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 FROM t WHERE id = ?",
        "SELECT 1 FROM t WHERE id = $1",
        "SELECT 1 FROM t WHERE id = :id",
        "SELECT 1 FROM t WHERE id = @id",
        "SELECT 1 FROM t WHERE id = %s",
        "SELECT 1 FROM t WHERE id = %(id)s"
      })
  void whatMayHoldAParameterHasNone(String sql) {
    assertThat(SentStatement.of(sql).hash()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT now()::date",
        "SELECT a[1:2] FROM t",
        "SELECT 10 % 3",
        "SELECT 1 FROM t WHERE at > '12:30'",
        "SELECT doc @> '{}' FROM t"
      })
  void operatorsAndCastsAreNoParameters(String sql) {
    assertThat(SentStatement.of(sql).hash()).isNotNull();
  }
}
