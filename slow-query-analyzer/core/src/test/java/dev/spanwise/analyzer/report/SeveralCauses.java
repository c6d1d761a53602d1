package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Comparison;
import dev.spanwise.analyzer.report.Report.EndpointLatency;
import dev.spanwise.analyzer.report.Report.Evidence;
import dev.spanwise.analyzer.report.Report.Exemplar;
import dev.spanwise.analyzer.report.Report.Finding;
import dev.spanwise.analyzer.report.Report.Latency;
import dev.spanwise.analyzer.report.Report.LinkOf;
import dev.spanwise.analyzer.report.Report.Verified;
import java.util.List;
import java.util.Map;

/** Three causes, an advice that none of them names, and a measured change. */
final class SeveralCauses {

  private static final String POSITIONS = "9f2c41d07ab85e36";
  private static final String ORDERS = "03bd7e11c4f2a690";
  private static final String HEALTHY = "77aa10e2b6c3d941";
  private static final String UNEXPLAINED = "c0ffee0123456789";

  private SeveralCauses() {}

  static Report report() {
    return new Report(
        "1",
        SampleReports.GENERATED,
        new Report.Tool("spanwise", "0.1.0"),
        new Report.Input(
            128_402,
            1_204,
            1_190,
            4,
            List.of(
                new Rejection(
                    "postgresql.log", "line 20311", "a plan ends before its braces close"),
                new Rejection("spans.json", "/resourceSpans/3", "traceId has 30 digits, not 32")),
            2,
            List.of("track_io_timing is off: time in reads is not known")),
        new Report.Links(1_120, 48, 12, 24, Map.of("backend-pid", 1_150L, "traceparent", 30L)),
        List.of(
            SampleReports.query(
                POSITIONS,
                "select a.id, p.symbol, p.quantity from accounts a join positions p on p.account_id = a.id where a.id = $1 order by p.updated_at desc limit $2",
                "loadPositions",
                "GET /accounts/{id}/positions",
                "diagnosed",
                null,
                4_210,
                84_200.0,
                18.4,
                41.7,
                212.0,
                1_904.0,
                exemplars()),
            SampleReports.query(
                ORDERS,
                "select * from order_items where order_id = $1",
                "loadItems",
                "GET /orders",
                "diagnosed",
                null,
                61_004,
                31_740.0,
                0.42,
                1.3,
                4.8,
                77.2,
                List.of()),
            SampleReports.query(
                UNEXPLAINED,
                "fetch forward $1 from \"export\"",
                null,
                "POST /exports",
                "unexplainable",
                "a cursor has no plan of its own",
                12,
                6_020.0,
                480.0,
                900.0,
                930.0,
                931.0,
                List.of()),
            SampleReports.query(
                HEALTHY,
                "select id, owner from accounts where id = $1",
                "loadAccount",
                "GET /accounts/{id}",
                "healthy",
                null,
                88_120,
                7_049.0,
                0.06,
                0.19,
                0.4,
                12.0,
                List.of())),
        List.of(sequentialScan(), repeated(), spill()),
        List.of(createIndex(), batch(), setParameter(), dropIndex()),
        new Comparison(
            "CREATE INDEX CONCURRENTLY positions_account_id_updated_at_idx ON public.positions (account_id, updated_at DESC);",
            List.of(
                new EndpointLatency(
                    "GET /accounts/{id}/positions",
                    new Latency(4_210, 21.3, 48.9, 240.1),
                    new Latency(4_377, 1.9, 3.4, 8.8)),
                new EndpointLatency(
                    "GET /orders",
                    new Latency(284, 141.0, 402.0, 1_310.0),
                    new Latency(291, 138.0, 397.0, 1_288.0)),
                new EndpointLatency("POST /exports", null, new Latency(12, 480.0, 900.0, 931.0))),
            List.of(
                "QueryRepeatsPerItem · GET /orders · loadOrders: One request runs this statement 40 times")),
        List.of());
  }

  private static Finding sequentialScan() {
    return new Finding(
        "seq-scan-positions",
        "SeqScanDiscardsMostRows",
        "high",
        POSITIONS,
        "public.positions",
        "portfolio-api",
        "loadPositions",
        "GET /accounts/{id}/positions",
        "Every call reads all of positions to find the rows of one account",
        "The server read 300,000 rows of public.positions in three processes and threw away 299,850 of them, because no index leads with account_id. The sort by updated_at comes on top. An index on both columns reads the 50 rows that are asked for, already in order.",
        84_200.0,
        List.of(
            new Evidence(
                "rows removed by filter, all workers",
                299_850L,
                "{row}",
                "/Plan/Plans/0/Plans/1/Plans/0/Plans/0"),
            new Evidence(
                "share of rows thrown away", 0.9995, "1", "/Plan/Plans/0/Plans/1/Plans/0/Plans/0"),
            new Evidence("blocks read", 20_316_160L, "By", "/Plan/Plans/0/Plans/1"),
            new Evidence("time in the scan", 17.9, "ms", "/Plan/Plans/0/Plans/1"),
            new Evidence("indexes on account_id", "none", "1", "pg_index.indkey")),
        exemplars(),
        List.of("index-positions"),
        "https://spanwise.dev/docs/rules/SeqScanDiscardsMostRows",
        SampleReports.plan("executed"));
  }

  private static Finding repeated() {
    return new Finding(
        "n-plus-one-items",
        "QueryRepeatsPerItem",
        "medium",
        ORDERS,
        "public.order_items",
        "order-api",
        "loadItems",
        "GET /orders",
        "GET /orders asks for the items of each order one by one",
        "One request ran the same statement 214 times, once for each order that the statement before it had returned. The plan of each is good; the round trips are the cost.",
        29_300.0,
        List.of(
            new Evidence("calls in one request", 214L, "{call}", "span 00f067aa0ba902b7"),
            new Evidence("time between the calls", 118.0, "ms", "span 00f067aa0ba902b7")),
        List.of(new Exemplar("7af7651916cd43dd8448eb211c80319c", "00f067aa0ba902b7", 402.0, null)),
        List.of("batch-items"),
        "docs/rules/QueryRepeatsPerItem.md",
        null);
  }

  private static Finding spill() {
    return new Finding(
        "sort-spill-positions",
        "SortSpillsToDisk",
        "low",
        POSITIONS,
        "public.positions",
        "portfolio-api",
        "loadPositions",
        "GET /accounts/{id}/positions",
        "A sort does not fit into work_mem",
        "One call in forty sorts on disk.",
        null,
        List.of(
            new Evidence("sort space on disk", 5_242_880L, "By", "/Plan/Plans/0/Sort Space Used")),
        List.of(),
        List.of("index-positions", "work-mem"),
        "https://spanwise.dev/docs/rules/SortSpillsToDisk",
        null);
  }

  private static Advice createIndex() {
    return new Advice(
        "index-positions",
        "create-index",
        "CREATE INDEX CONCURRENTLY positions_account_id_updated_at_idx ON public.positions (account_id, updated_at DESC);",
        "public.positions",
        List.of("account_id", "updated_at DESC"),
        "btree",
        new Verified("shadow", null, 5_752.03, 62.48),
        11_780_096L,
        212.0,
        List.of(POSITIONS),
        List.of(),
        SampleReports.plan("before"),
        SampleReports.plan("after"));
  }

  private static Advice batch() {
    return new Advice(
        "batch-items",
        "batch-queries",
        "Ask once for the items of all orders of the page: where order_id = any ($1).",
        "public.order_items",
        List.of(),
        null,
        new Verified("none", "a rewrite is the application's", null, null),
        null,
        null,
        List.of(ORDERS),
        List.of(),
        null,
        null);
  }

  private static Advice setParameter() {
    return new Advice(
        "work-mem",
        "set-parameter",
        """
        SET LOCAL work_mem = '16MB'; -- for this statement alone, in its transaction
        -- or for all that the application sends, from its next connection on:
        -- ALTER ROLE <role of the application> SET work_mem = '16MB';""",
        null,
        List.of(),
        null,
        new Verified("executed", null, 5_752.03, 5_310.9),
        null,
        null,
        List.of(POSITIONS),
        List.of(),
        null,
        null);
  }

  private static Advice dropIndex() {
    return new Advice(
        "drop-duplicate",
        "drop-index",
        "DROP INDEX CONCURRENTLY public.accounts_id_idx;",
        "public.accounts",
        List.of("id"),
        "btree",
        new Verified("hypopg", null, 8.29, 8.31),
        null,
        -40.0,
        List.of(),
        List.of(HEALTHY),
        null,
        null);
  }

  static List<Exemplar> exemplars() {
    return List.of(
        new Exemplar(
            "4bf92f3577b34da6a3ce929d0e0e4736",
            "00f067aa0ba902b7",
            1_904.0,
            new LinkOf("backend-pid", "exact")),
        new Exemplar(
            "a3ce929d0e0e47364bf92f3577b34da6",
            "53995c3f42cd8ad8",
            212.0,
            new LinkOf("fingerprint-and-duration", "probable")));
  }
}
