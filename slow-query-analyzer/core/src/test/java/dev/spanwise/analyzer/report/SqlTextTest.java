package dev.spanwise.analyzer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.report.SqlText.Piece;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

  private static final String INDEX =
      "CREATE INDEX CONCURRENTLY \"by  day\" ON public.readings (sensor_id, (date_trunc('  day  ', at)))";

  @Test
  void breaksBetweenWordsOnly() {
    assertThat(SqlText.lines(INDEX, 40))
        .containsExactly(
            "CREATE INDEX CONCURRENTLY \"by  day\" ON",
            "  public.readings (sensor_id,",
            "  (date_trunc('  day  ', at)))");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ANALYZE public.readings; -- the comment would go on in the next line as SQL, were it broken",
        "SELECT E'it\\'s  text with an escaped quote, so the lexer of the report cannot tell its end'",
        "DO $body$ BEGIN   PERFORM 1; PERFORM 2; PERFORM 3; PERFORM 4; PERFORM 5; END $body$ LANGUAGE x",
      })
  void leavesWholeWhatALineBreakCouldChange(String sql) {
    assertThat(SqlText.lines(sql, 40)).containsExactly(sql);
  }

  @Test
  void keepsLineBreaksThatAreThere() {
    String sql =
        "CREATE INDEX ON readings (sensor_id)\n  WHERE kind = 'a'\n 'b' AND more_than_forty_columns";

    assertThat(String.join("\n", SqlText.lines(sql, 40))).isEqualTo(sql);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "select 'open", "\"open", "/* open", "名前 📈 select\tfrom", "\ud83d"})
  void losesNoCharacterOfAnyText(String sql) {
    assertThat(SqlText.pieces(sql).stream().map(Piece::text).collect(Collectors.joining()))
        .isEqualTo(sql);
  }

  @Test
  void emphasisesKeywordsOutsideQuotesAndComments() {
    assertThat(SqlText.pieces("select \"select\", 'from' /* where */ from t -- join"))
        .filteredOn(Piece::keyword)
        .extracting(Piece::text)
        .containsExactly("select", "from");
  }

  @Test
  void readsQuotesOfAnyLength() {
    String sql = "select '" + "x''".repeat(100_000) + "' /*" + "*".repeat(100_000) + "*/ from t";

    assertThat(SqlText.pieces(sql)).filteredOn(Piece::keyword).hasSize(2);
  }
}
