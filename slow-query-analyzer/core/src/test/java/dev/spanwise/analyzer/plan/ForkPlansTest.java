package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Plans of PostgreSQL's extensions and forks, in the shapes that these print. */
class ForkPlansTest {

  private static List<String> types(Plan plan) {
    return plan.nodes().map(PlanNode::typeName).toList();
  }

  @Test
  void ofCitusTheTasksPlansAreNodes() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            HashAggregate  (cost=0.00..0.00 rows=0 width=0) (actual time=31.201..31.310 rows=12 loops=1)
              Group Key: remote_scan.region
              ->  Custom Scan (Citus Adaptive)  (cost=0.00..0.00 rows=100000 width=40) (actual time=30.101..30.110 rows=48 loops=1)
                    Task Count: 4
                    Tuple data received from nodes: 1152 bytes
                    Tasks Shown: One of 4
                    ->  Task
                          Tuple data received from node: 288 bytes
                          Node: host=worker-2 port=5432 dbname=shop
                          ->  Seq Scan on orders_102011 orders  (cost=0.00..4425.00 rows=48 width=40) (actual time=0.010..28.200 rows=12 loops=1)
                                Filter: (note = 'fragile'::text)
                                Rows Removed by Filter: 249988
                              Planning Time: 0.071 ms
                              Execution Time: 28.310 ms
            Planning Time: 0.512 ms
            Execution Time: 31.402 ms
            """);

    assertThat(types(plan)).containsExactly("Aggregate", "Custom Scan", "Task", "Seq Scan");
    assertThat(plan.executionMs()).isEqualTo(31.402);
    assertThat(plan.root().children().get(0).details())
        .containsEntry("Custom Plan Provider", "Citus Adaptive")
        .containsEntry("Task Count", "4");
  }

  @Test
  void ofCitusInJsonTheTasksAreKept() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            [{"Plan": {"Node Type": "Custom Scan", "Custom Plan Provider": "Citus Adaptive",
                "Parallel Aware": false, "Startup Cost": 0.00, "Total Cost": 0.00, "Plan Rows": 0, "Plan Width": 0,
                "Distributed Query": {"Job": {"Task Count": 4, "Tasks Shown": "One of 4",
                  "Tasks": [{"Node": "host=worker-2 port=5432 dbname=shop",
                    "Remote Plan": [[{"Plan": {"Node Type": "Seq Scan", "Relation Name": "orders_102011"}}]]}]}}}}]
            """);

    assertThat(types(plan)).containsExactly("Custom Scan");
    assertThat(plan.root().details())
        .containsEntry("Distributed Query.Job.Task Count", "4")
        .containsEntry(
            "Distributed Query.Job.Tasks.0.Remote Plan.0.0.Plan.Relation Name", "orders_102011");
  }

  @Test
  void ofTimescaleTheChunksAreScans() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Custom Scan (ChunkAppend) on readings r  (cost=0.15..812.40 rows=900 width=24) (actual time=0.021..9.120 rows=870 loops=1)
              Order: r.observed_at DESC
              Chunks excluded during startup: 4
              ->  Custom Scan (DecompressChunk) on _hyper_1_7_chunk r_1  (cost=0.15..20.10 rows=300 width=24) (actual time=0.020..4.100 rows=290 loops=1)
                    Vectorized Filter: (device_id = 7)
                    Rows Removed by Filter: 710
                    ->  Seq Scan on compress_hyper_2_9_chunk  (cost=0.00..1.30 rows=1 width=60) (actual time=0.004..0.010 rows=1 loops=1)
              ->  Index Scan using _hyper_1_8_chunk_readings_observed_at_idx on _hyper_1_8_chunk r_2  (cost=0.28..9.10 rows=600 width=24) (actual time=0.010..3.900 rows=580 loops=1)
                    Index Cond: (observed_at > now())
            Execution Time: 9.300 ms
            """);

    assertThat(types(plan)).containsExactly("Custom Scan", "Custom Scan", "Seq Scan", "Index Scan");
    PlanNode decompress = plan.root().children().get(0);
    assertThat(decompress.details()).containsEntry("Custom Plan Provider", "DecompressChunk");
    assertThat(Objects.requireNonNull(decompress.actual()).removedByFilter()).isEqualTo(710);
  }

  @Test
  void aurorasOwnCountersDoNotStandForPostgresqls() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Seq Scan on orders  (cost=0.00..4425.00 rows=48 width=40) (actual time=0.010..28.200 rows=12 loops=1)
              Buffers: shared hit=40 read=1635 aurora_orcache_hit=1200 aurora_storage_read=435
              I/O Timings: shared/local read=11.250
            Note: An Approved plan was used instead of the minimum cost plan.
            SQL Hash: -703095242, Plan Hash: 1602979607, Minimum Cost Plan Hash: 413482815
            Execution Time: 28.310 ms
            """);

    assertThat(plan.root().buffers()).isEqualTo(new Buffers(40, 1635, 0, 0, 0));
    assertThat(plan.root().details()).containsEntry("Shared Aurora_storage_read Blocks", "435");
    assertThat(plan.details()).containsKeys("Note", "SQL Hash");
  }

  @Test
  void ofGreenplumTheMotionsAreNodes() throws PlanFormatException {
    Plan plan =
        PlanReader.read(
            """
            Gather Motion 3:1  (slice1; segments: 3)  (cost=0.00..431.00 rows=48 width=40) (actual time=2.001..29.110 rows=12 loops=1)
              ->  Redistribute Motion 3:3  (slice2; segments: 3)  (cost=0.00..430.10 rows=16 width=40) (actual time=1.001..28.310 rows=5 loops=1)
                    Hash Key: region
                    ->  Seq Scan on orders  (cost=0.00..429.00 rows=16 width=40) (actual time=0.010..28.200 rows=5 loops=1)
                          Filter: (note = 'fragile'::text)
            Optimizer: Pivotal Optimizer (GPORCA)
            Execution Time: 30.310 ms
            """);

    assertThat(types(plan)).hasSize(3).last().isEqualTo("Seq Scan");
    assertThat(plan.nodes()).allMatch(node -> node.actual() != null);
    assertThat(plan.root().type()).isEqualTo(NodeType.OTHER);
  }

  @Test
  void anotherDatabasesPlanAndAnotherFormatAreNamed() {
    assertThatThrownBy(
            () ->
                PlanReader.read(
                    """
                    distribution: local
                    vectorized: true

                    \u2022 scan
                      table: orders@orders_pkey
                    """))
        .hasMessageContaining("CockroachDB");
    assertThatThrownBy(
            () ->
                PlanReader.read(
                    "<explain xmlns=\"http://www.postgresql.org/2009/explain\">\n  <Query>\n"))
        .hasMessageContaining("XML")
        .hasMessageContaining("FORMAT JSON");
    assertThatThrownBy(() -> PlanReader.read("- Plan: \n    Node Type: \"Result\"\n"))
        .hasMessageContaining("YAML");
    assertThatThrownBy(
            () -> PlanReader.read("Query Text: \"SELECT 1\"\nPlan: \n  Node Type: \"Result\"\n"))
        .hasMessageContaining("YAML");
  }
}
