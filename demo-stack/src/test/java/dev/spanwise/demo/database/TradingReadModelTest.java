package dev.spanwise.demo.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // set before the tests
class TradingReadModelTest {
  private static final ReadModelSize SMALL = new ReadModelSize(100, 60, 30, 30_000, 2_000);

  @TempDir private static Path directory;
  private static DemoDatabase database;
  private static final List<LoadProgress.Step> steps = new ArrayList<>();

  @BeforeAll
  static void load() throws Exception {
    database = DemoDatabase.start(directory);
    TradingReadModel.load(database, SMALL, steps::add);
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  @Test
  void holdsTheRowsThatWereAskedForAndReported() throws SQLException {
    assertThat(select("select count(*) from accounts")).containsExactly("100");
    assertThat(select("select count(*) from instruments")).containsExactly("60");
    assertThat(select("select count(*) from trades")).containsExactly("30000");
    assertThat(select("select count(*) from activity")).containsExactly("2000");
    assertThat(select("select count(*) from leaderboard")).containsExactly("100");
    assertThat(select("select count(*) between 2700 and 3300 from positions")).containsExactly("t");
    assertThat(steps)
        .filteredOn(step -> step.done() && step.name().equals("trades"))
        .extracting(LoadProgress.Step::rows)
        .containsExactly(30_000L);
    assertThat(steps).last().extracting(LoadProgress.Step::number).isEqualTo(12);
  }

  @Test
  void indexesEveryForeignKeyButOne() throws SQLException {
    assertThat(
            select(
                """
                select format('%s.%s', c.conrelid::regclass, a.attname)
                from pg_constraint c
                join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
                where c.contype = 'f'
                and not exists (select from pg_index i
                                where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])
                """))
        .containsExactly("trades.account_id");
  }

  @Test
  void isVacuumedAndAnalysed() throws SQLException {
    assertThat(
            select(
                """
                select relname from pg_class
                where relnamespace = 'public'::regnamespace and relkind in ('r', 'm')
                and (relallvisible < relpages or reltuples < 1)
                """))
        .isEmpty();
  }

  @Test
  void isTheSameEachTime(@TempDir Path elsewhere) throws Exception {
    String digest =
        """
        select md5(string_agg(t::text, '' order by t::text)) from positions t
        union all select md5(string_agg(t::text, '' order by t::text)) from trades t
        union all select md5(string_agg(t::text, '' order by t::text)) from activity t
        """;
    try (DemoDatabase another = DemoDatabase.start(elsewhere)) {
      TradingReadModel.load(another, SMALL, step -> {});

      assertThat(select(another, digest)).isEqualTo(select(digest));
    }
  }

  @Test
  void logsThePlansOfSlowStatementsAndNoneOfTheLoad() throws Exception {
    String pid = select("select pg_backend_pid()::text from pg_sleep(0.02)").get(0);

    String log = logWith("[" + pid + "] LOG:  duration: ");
    assertThat(log).contains("\"Query Identifier\"").doesNotContain("insert into trades");
  }

  @Test
  void doesNotStartOverAnotherDatabase() {
    assertThatThrownBy(() -> DemoDatabase.start(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is there already");
  }

  /** The logging process writes what a backend logged a moment later. */
  private static String logWith(String text) throws Exception {
    for (int i = 0; i < 100; i++) {
      String log = Files.readString(database.logFile());
      if (log.contains(text)) {
        return log;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("the server's log lacks " + text);
  }

  private static List<String> select(String sql) throws SQLException {
    return select(database, sql);
  }

  private static List<String> select(DemoDatabase database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
