package dev.spanwise.analyzer.postgresql.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Column;
import dev.spanwise.analyzer.catalogue.Counters;
import dev.spanwise.analyzer.catalogue.ExtendedStatistics;
import dev.spanwise.analyzer.catalogue.ForeignKey;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Partitioning;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.plan.Trigger;
import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the catalogue says, on every supported server. */
abstract class CatalogueContract {

  private final String schema = TestServer.unique("catalogue");
  private Connection connection;

  abstract TestServer server();

  CatalogueContract() throws SQLException {
    this.connection = server().connect();
  }

  @BeforeEach
  void create() throws SQLException {
    TestServer.run(connection, "CREATE SCHEMA " + schema, "SET search_path = " + schema);
  }

  @AfterEach
  void drop() throws SQLException {
    TestServer.run(connection, "DROP SCHEMA " + schema + " CASCADE");
    connection.close();
  }

  private Relation read(String table) throws SQLException {
    return CatalogueReader.read(connection).relation(new RelationName(schema, table)).orElseThrow();
  }

  @Test
  void readsTablesOfEachKindAndLeavesOutTheSystemsAndTemporaryOnes() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE plain (a int)",
        "CREATE TABLE \"Odd.Name\" (a int)",
        "CREATE TABLE parted (a int) PARTITION BY RANGE (a)",
        "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (9)",
        "CREATE MATERIALIZED VIEW seen AS SELECT 1 AS a",
        "CREATE VIEW view AS SELECT 1 AS a",
        "CREATE TEMP TABLE gone (a int)");

    Catalogue catalogue = CatalogueReader.read(connection);

    assertThat(catalogue.relations().stream().filter(r -> r.schema().equals(schema)))
        .extracting(r -> r.name() + " " + r.kind())
        .containsExactly(
            "Odd.Name TABLE",
            "part TABLE",
            "parted PARTITIONED_TABLE",
            "plain TABLE",
            "seen MATERIALIZED_VIEW");
    assertThat(catalogue.relations()).noneMatch(r -> r.name().equals("gone"));
    assertThat(catalogue.relations()).noneMatch(r -> r.schema().startsWith("pg_"));
    assertThat(catalogue.serverVersion() / 10_000).isIn(15, 18);
    assertThat(catalogue.weaknesses()).isEmpty();
  }

  @Test
  void readsStatisticsWhereThereAreAny() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE t (id int NOT NULL, kind text, never int)",
        "INSERT INTO t SELECT i, CASE WHEN i % 4 > 0 THEN 'k' || i % 2 END FROM generate_series(1, 2000) i");
    Relation before = read("t");
    TestServer.run(connection, "ANALYZE t (id, kind)", "SELECT pg_stat_force_next_flush()");
    Relation after = read("t");

    assertThat(before.estimatedRows()).isNull();
    assertThat(before.bytes()).isPositive();
    assertThat(before.columns()).allMatch(column -> column.distinct() == null);
    assertThat(after.estimatedRows()).isEqualTo(2000);
    assertThat(after.column("id").orElseThrow())
        .isEqualTo(new Column("id", "integer", true, -1.0, 0.0, 1.0, 4, true));
    Column kind = after.column("kind").orElseThrow();
    assertThat(kind.distinct()).isEqualTo(2);
    assertThat(kind.nullFraction()).isBetween(0.24, 0.26);
    assertThat(after.column("never").orElseThrow().averageWidth()).isNull();
    assertThat(after.activity())
        .satisfies(
            activity -> {
              assertThat(activity).isNotNull();
              assertThat(activity.lastAnalyze()).isNotNull();
              assertThat(activity.lastVacuum()).isNull();
            });
  }

  @Test
  void readsIndexesInAllTheirShapes() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE t (id int PRIMARY KEY, a text, b varchar(9), c int, gone int, p point)",
        "ALTER TABLE t DROP COLUMN gone",
        "CREATE INDEX i1 ON t (c DESC, a ASC NULLS FIRST) INCLUDE (b)",
        "CREATE INDEX i2 ON t (lower(a) text_pattern_ops, c) WHERE c > 3",
        "CREATE INDEX i3 ON t USING gist (p)",
        "CREATE INDEX i4 ON t (b)",
        "INSERT INTO t VALUES (1, 'x'), (2, 'x')");
    try {
      TestServer.run(connection, "CREATE UNIQUE INDEX CONCURRENTLY i5 ON t (a)");
    } catch (SQLException duplicateKeyLeavesAnInvalidIndex) {
      assertThat(duplicateKeyLeavesAnInvalidIndex.getSQLState()).isEqualTo("23505");
    }

    List<Index> indexes = read("t").indexes();

    assertThat(indexes)
        .extracting(Index::name, Index::method, Index::unique, Index::valid, Index::predicate)
        .containsExactly(
            tuple("i1", "btree", false, true, null),
            tuple("i2", "btree", false, true, "(c > 3)"),
            tuple("i3", "gist", false, true, null),
            tuple("i4", "btree", false, true, null),
            tuple("i5", "btree", true, false, null),
            tuple("t_pkey", "btree", true, true, null));
    assertThat(indexes.get(0).keys())
        .containsExactly(
            new Index.Key("c", null, true, true, null),
            new Index.Key("a", null, false, true, null));
    assertThat(indexes.get(0).included()).containsExactly("b");
    assertThat(indexes.get(1).keys())
        .containsExactly(
            new Index.Key(null, "lower(a)", false, false, "text_pattern_ops"),
            new Index.Key("c", null, false, false, null));
    assertThat(indexes.get(3).keys()).containsExactly(new Index.Key("b", null, false, false, null));
    assertThat(indexes.get(0).bytes()).isPositive();
  }

  @Test
  void knowsWhichTypesABtreeCanOrder() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TYPE mood AS ENUM ('good', 'bad')",
        "CREATE DOMAIN short AS varchar(9)",
        "CREATE DOMAIN shorter AS short",
        "CREATE TABLE t (a int, b varchar(3), c mood, d shorter, e int[], f shorter[], g int4range,"
            + " h uuid, i jsonb, j timestamptz, k inet, l name, m bpchar,"
            + " x json, y point, z json[], w xml)");

    assertThat(read("t").columns())
        .filteredOn(Column::btreeComparable)
        .extracting(Column::name)
        .containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m");
  }

  @Test
  void whatTheRoleMayNotSeeIsSaidInWords() throws SQLException {
    String role = TestServer.unique("reader");
    TestServer.run(
        connection,
        "CREATE TABLE hidden (a int)",
        "CREATE TABLE shown (a int)",
        "CREATE TABLE guarded (a int)",
        "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
        "INSERT INTO hidden SELECT generate_series(1, 100)",
        "INSERT INTO shown SELECT generate_series(1, 100)",
        "ANALYZE",
        "CREATE ROLE " + role + " LOGIN",
        "GRANT SELECT ON shown, guarded TO " + role);
    try (Connection reader = server().connectAs(role)) {
      Catalogue weak = CatalogueReader.read(reader);
      Relation hidden = weak.relation(new RelationName(schema, "hidden")).orElseThrow();

      assertThat(hidden.column("a").orElseThrow().distinct()).isNull();
      assertThat(hidden.estimatedRows()).isEqualTo(100);
      assertThat(
              weak.relation(new RelationName(schema, "shown"))
                  .orElseThrow()
                  .column("a")
                  .orElseThrow()
                  .distinct())
          .isEqualTo(-1);
      assertThat(weak.weaknesses())
          .singleElement()
          .satisfies(
              words ->
                  assertThat(words)
                      .contains(schema + ".hidden", schema + ".guarded")
                      .doesNotContain(schema + ".shown"));

      TestServer.run(connection, "GRANT SELECT ON pg_statistic TO " + role);
      Catalogue strong = CatalogueReader.read(reader);
      assertThat(strong.weaknesses()).isEmpty();
      assertThat(
              strong
                  .relation(new RelationName(schema, "hidden"))
                  .orElseThrow()
                  .column("a")
                  .orElseThrow()
                  .distinct())
          .isEqualTo(-1);
    } finally {
      TestServer.run(connection, "DROP OWNED BY " + role, "DROP ROLE " + role);
    }
  }

  @Test
  void readsWhatTiesRelationsTogether() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE orders (shop int, id int, PRIMARY KEY (shop, id))",
        "CREATE TABLE lines (id int, order_id int, shop_id int, kind text, sum int"
            + " GENERATED ALWAYS AS (id + 1) STORED,"
            + " CONSTRAINT lines_order_fk FOREIGN KEY (shop_id, order_id) REFERENCES orders)"
            + " PARTITION BY LIST (kind)",
        "CREATE TABLE lines_a PARTITION OF lines FOR VALUES IN ('a')",
        "CREATE TABLE points (a int, b int) PARTITION BY RANGE (a, (b + 1))",
        "CREATE STATISTICS together (ndistinct, dependencies) ON id, kind FROM lines",
        "CREATE STATISTICS common (mcv) ON order_id, shop_id FROM lines");

    Relation lines = read("lines");

    assertThat(lines.foreignKeys())
        .containsExactly(
            new ForeignKey(
                "lines_order_fk",
                List.of("shop_id", "order_id"),
                new RelationName(schema, "orders"),
                Set.of()));
    assertThat(read("lines_a").foreignKeys()).isEmpty();
    assertThat(read("lines_a").parent()).isEqualTo(new RelationName(schema, "lines"));
    assertThat(lines.parent()).isNull();
    assertThat(lines.partitioning())
        .isEqualTo(new Partitioning(Partitioning.Strategy.LIST, List.of("kind")));
    assertThat(read("points").partitioning())
        .isEqualTo(new Partitioning(Partitioning.Strategy.RANGE, List.of("a")));
    assertThat(read("orders").partitioning()).isNull();
    assertThat(lines.extendedStatistics())
        .containsExactly(
            new ExtendedStatistics(
                "common",
                List.of("order_id", "shop_id"),
                Set.of(ExtendedStatistics.Kind.MOST_COMMON_VALUES)),
            new ExtendedStatistics(
                "together",
                List.of("id", "kind"),
                Set.of(
                    ExtendedStatistics.Kind.DISTINCT_COUNTS,
                    ExtendedStatistics.Kind.DEPENDENCIES)));
    assertThat(lines.columns())
        .filteredOn(Column::generated)
        .extracting(Column::name)
        .containsExactly("sum");
  }

  @Test
  void readsWhatAForeignKeyIsCalledOfPartitions() throws SQLException, PlanFormatException {
    TestServer.run(
        connection,
        "CREATE TABLE orders (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (0) TO (9)"
            + " PARTITION BY RANGE (id)",
        "CREATE TABLE orders_1_1 PARTITION OF orders_1 FOR VALUES FROM (0) TO (5)",
        "CREATE TABLE items (order_id int CONSTRAINT items_fk REFERENCES orders)",
        "INSERT INTO orders VALUES (1)");

    ForeignKey key = read("items").foreignKeys().get(0);
    List<Trigger> triggers =
        PlanReader.read(
                TestServer.one(connection, "EXPLAIN (ANALYZE, FORMAT JSON) DELETE FROM orders"))
            .triggers();

    assertThat(key.partitionNames()).hasSize(2);
    assertThat(triggers)
        .singleElement()
        .satisfies(
            trigger ->
                assertThat(key.isNamed(Objects.requireNonNull(trigger.constraint()))).isTrue());
  }

  @Test
  void readsWhatAnIndexIsNeededForBesidesSearches() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE t (id int CONSTRAINT t_key PRIMARY KEY, a text, b text UNIQUE, c text NOT NULL)",
        "CREATE UNIQUE INDEX i_identity ON t (c)",
        "ALTER TABLE t REPLICA IDENTITY USING INDEX i_identity",
        "CREATE INDEX i_collated ON t (a COLLATE \"POSIX\", b, lower(c) COLLATE \"POSIX\")",
        "CREATE INDEX i_clustered ON t (a)",
        "CLUSTER t USING i_clustered",
        "CREATE TABLE parted (a int) PARTITION BY RANGE (a)",
        "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (9)",
        "CREATE INDEX parted_a ON parted (a)");

    Relation table = read("t");

    assertThat(state(table, "t_key").constraint()).isEqualTo("t_key");
    assertThat(state(table, "t_key").replicaIdentity()).isFalse();
    assertThat(state(table, "t_b_key").constraint()).isEqualTo("t_b_key");
    assertThat(state(table, "i_identity").replicaIdentity()).isTrue();
    assertThat(state(table, "i_clustered").clustered()).isTrue();
    assertThat(state(table, "i_collated")).isEqualTo(Index.ORDINARY);
    assertThat(index(table, "i_collated").keys())
        .extracting(Index.Key::collation)
        .containsExactly("POSIX", null, "POSIX");
    assertThat(index(read("part"), "part_a_idx").state().attached()).isTrue();
    assertThat(state(read("parted"), "parted_a")).isEqualTo(Index.ORDINARY);
  }

  @Test
  void readsHowStrictlyAnIndexEnforces() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE t (a int CONSTRAINT plain UNIQUE,"
            + " b int CONSTRAINT late UNIQUE DEFERRABLE INITIALLY DEFERRED,"
            + " c int CONSTRAINT one_null UNIQUE NULLS NOT DISTINCT)");

    Relation table = read("t");

    assertThat(table.indexes())
        .extracting(
            Index::name,
            index -> index.state().nullsNotDistinct(),
            index -> index.state().deferrable())
        .containsExactly(
            tuple("late", false, true),
            tuple("one_null", true, false),
            tuple("plain", false, false));
  }

  @Test
  void anIndexWhoseTableIsLockedLikeThatMayStillBeBuilt() throws SQLException {
    TestServer.run(connection, "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1), (1)");
    try {
      TestServer.run(connection, "CREATE UNIQUE INDEX CONCURRENTLY broken ON t (a)");
    } catch (SQLException duplicateKey) {
      assertThat(duplicateKey.getSQLState()).isEqualTo("23505");
    }
    assertThat(state(read("t"), "broken").beingBuilt()).isFalse();
    try (Connection locker = server().connect()) {
      locker.setAutoCommit(false);
      TestServer.run(locker, "LOCK TABLE " + schema + ".t IN SHARE UPDATE EXCLUSIVE MODE");
      assertThat(state(read("t"), "broken").beingBuilt()).isTrue();
    }
  }

  private static Index index(Relation relation, String name) {
    return relation.indexes().stream()
        .filter(index -> index.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Index.State state(Relation relation, String name) {
    return index(relation, name).state();
  }

  @Test
  void readsHowCommonTheMostCommonValueIsAndNotTheValue() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE t (skewed text, unique_one int)",
        "INSERT INTO t SELECT CASE WHEN i % 10 > 0 THEN 'frequent' ELSE 'x' || i END, i"
            + " FROM generate_series(1, 3000) i",
        "ANALYZE t");

    Relation table = read("t");

    assertThat(table.column("skewed").orElseThrow().commonestFrequency()).isBetween(0.88, 0.92);
    assertThat(table.column("unique_one").orElseThrow().commonestFrequency()).isNull();
    assertThat(table.toString()).doesNotContain("frequent");
  }

  @Test
  void countsWhatIsDeletedAndRead() throws SQLException {
    TestServer.run(
        connection,
        "CREATE TABLE t AS SELECT generate_series(1, 100) AS a",
        "DELETE FROM t WHERE a <= 30",
        "SELECT count(*) FROM t",
        "SELECT pg_stat_force_next_flush()");
    assertThat(read("t").activity())
        .isNotNull()
        .satisfies(
            activity -> {
              assertThat(activity.deletedRows()).isEqualTo(30);
              assertThat(activity.tableScans()).isEqualTo(2);
            });
  }

  @Test
  void saysSinceWhenTheServerCounts() throws SQLException {
    Counters before = Objects.requireNonNull(CatalogueReader.read(connection).counters());
    TestServer.run(connection, "SELECT pg_stat_reset()");
    Counters after = Objects.requireNonNull(CatalogueReader.read(connection).counters());

    assertThat(before.standby()).isFalse();
    assertThat(before.standbys()).isZero();
    assertThat(after.age()).isNotNull().isLessThan(Duration.ofMinutes(1));
    assertThat(after.since()).isAfter(before.since());
  }

  @Test
  void aLockedTableCostsItsExactSizeOnly() throws SQLException {
    TestServer.run(
        connection, "CREATE TABLE t AS SELECT generate_series(1, 1000) AS a", "ANALYZE t");
    try (Connection locker = server().connect()) {
      locker.setAutoCommit(false);
      TestServer.run(locker, "LOCK TABLE " + schema + ".t");

      Catalogue catalogue = CatalogueReader.read(connection);

      assertThat(catalogue.relation(new RelationName(schema, "t")).orElseThrow().bytes())
          .isPositive();
      assertThat(catalogue.weaknesses())
          .singleElement()
          .satisfies(words -> assertThat(words).startsWith("a table is locked"));
    }
  }

  @Test
  void leavesTheConnectionAsItWas() throws SQLException {
    String settings =
        "SELECT string_agg(name || setting, ',' ORDER BY name) FROM pg_settings"
            + " WHERE name NOT IN ('transaction_isolation', 'transaction_read_only')";
    String before = TestServer.one(connection, settings);

    CatalogueReader.read(connection);

    assertThat(TestServer.one(connection, settings)).isEqualTo(before);
    assertThat(connection.getAutoCommit()).isTrue();
    TestServer.run(connection, "CREATE TABLE still_writable (a int)");
  }

  @Test
  void readsTheSameWhereDigitsAreWrittenInAnotherScript() throws SQLException {
    TestServer.run(connection, "CREATE TABLE t (a int)");
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(read("t").columns()).hasSize(1);
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
