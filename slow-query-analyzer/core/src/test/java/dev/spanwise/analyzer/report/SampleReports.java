package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Evidence;
import dev.spanwise.analyzer.report.Report.Exemplar;
import dev.spanwise.analyzer.report.Report.Finding;
import dev.spanwise.analyzer.report.Report.Query;
import dev.spanwise.analyzer.report.Report.Verified;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reports of every kind that the renderers meet. */
final class SampleReports {

  static final Instant GENERATED = Instant.parse("2026-11-22T09:30:00Z");

  private static final String POSITIONS = "9f2c41d07ab85e36";
  private static final String HEALTHY = "77aa10e2b6c3d941";
  private static final String UNEXPLAINED = "c0ffee0123456789";

  private SampleReports() {}

  static Map<String, Report> all() {
    return Map.of(
        "several-causes", SeveralCauses.report(),
        "healthy", healthy(),
        "only-rejected", onlyRejected(),
        "nothing-known", nothingKnown(),
        "long-and-foreign", longAndForeign(),
        "traces", SampleTraces.report());
  }

  static Report named(String name) {
    return Objects.requireNonNull(all().get(name), name);
  }

  static Report healthy() {
    return new Report(
        "1",
        GENERATED,
        new Report.Tool("spanwise", "0.1.0"),
        new Report.Input(412, 3, 3, 1, List.of(), 0, List.of()),
        new Report.Links(3, 0, 0, 0, Map.of("backend-pid", 3L)),
        List.of(
            query(
                HEALTHY,
                "select id, owner from accounts where id = $1",
                "loadAccount",
                "GET /accounts/{id}",
                "healthy",
                null,
                400,
                31.0,
                0.06,
                0.19,
                0.4,
                1.2,
                List.of())),
        List.of(),
        List.of());
  }

  static Report onlyRejected() {
    return new Report(
        "1",
        GENERATED,
        new Report.Tool("spanwise", "0.1.0"),
        new Report.Input(
            0,
            0,
            0,
            0,
            List.of(new Rejection("trace.json", "byte 0", "neither JSON nor protobuf")),
            1_400,
            List.of("no span was read")),
        new Report.Links(0, 0, 0, 0, Map.of()),
        List.of(),
        List.of(),
        List.of());
  }

  /** Every component that may be absent is. */
  static Report nothingKnown() {
    return new Report(
        "1",
        GENERATED,
        new Report.Tool("spanwise", "0.1.0"),
        new Report.Input(1, 1, 0, 1, List.of(), 0, List.of()),
        new Report.Links(0, 0, 0, 1, Map.of()),
        List.of(
            new Query(
                UNEXPLAINED,
                "mongodb",
                "",
                null,
                null,
                null,
                "unsupported",
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                List.of())),
        List.of(
            new Finding(
                "unknown",
                "WaitedForLock",
                "info",
                null,
                null,
                null,
                null,
                null,
                "Waited",
                "",
                null,
                List.of(new Evidence("wait", Double.NaN, "ms", "span")),
                List.of(),
                List.of("look"),
                "",
                null)),
        List.of(
            new Advice(
                "look",
                "investigate",
                "Look.",
                null,
                List.of(),
                null,
                new Verified("none", null, null, Double.POSITIVE_INFINITY),
                null,
                null,
                List.of(),
                List.of(),
                null,
                null)));
  }

  static Report longAndForeign() {
    String columns = String.join(", ", Collections.nCopies(40, "\"größe ☃\".\"列 📈\""));
    return new Report(
        "1",
        GENERATED,
        new Report.Tool("spanwise", "0.1.0"),
        new Report.Input(10, 2, 1, 1, List.of(), 0, List.of()),
        new Report.Links(1, 0, 0, 1, Map.of("application-name", 1L)),
        List.of(
            query(
                POSITIONS,
                "select " + columns + " from \"größe ☃\" where \"名前\" = $1 and note like $2",
                "läd\u202ebalance",
                "GET /größen/{id}",
                "diagnosed",
                null,
                3,
                9_000_000.0,
                61_000.0,
                4_000_000.0,
                4_000_000.0,
                4_000_000.0,
                List.of())),
        List.of(
            new Finding(
                "long",
                "SeqScanDiscardsMostRows",
                "critical",
                POSITIONS,
                "public.\"größe ☃\"",
                null,
                "läd\u202ebalance",
                "GET /größen/{id}",
                "جدول كبير is read whole | 📈",
                "A `tick`, a | pipe, <b>markup</b> & an @mention.\nA second line with \u001b[31mcolour\u001b[0m.",
                9_000_000.0,
                List.of(new Evidence("rows | read", 1L, "{row}", "/Plan")),
                List.of(),
                List.of("ddl", "missing-from-list"),
                "javascript:alert(1)",
                "Seq Scan on x  (cost=0.00..1.00 rows=1 width=4)")),
        List.of(
            new Advice(
                "ddl",
                "create-index",
                "CREATE INDEX CONCURRENTLY \"größe ☃_名前_idx\" ON public.\"größe ☃\" USING gin (\"名前\" gin_trgm_ops, (lower(note || '  two  spaces  ')) gin_trgm_ops) WITH (fastupdate = off) WHERE deleted_at IS NULL;",
                "public.\"größe ☃\"",
                List.of("名前"),
                "gin",
                new Verified("shadow", null, 100.0, 250.0),
                1L,
                0.0,
                List.of(POSITIONS),
                List.of(POSITIONS),
                null,
                null)));
  }

  static Query query(
      String fingerprint,
      String text,
      @Nullable String operation,
      String endpoint,
      String status,
      @Nullable String message,
      long calls,
      double total,
      double p50,
      double p95,
      double p99,
      double max,
      List<Exemplar> exemplars) {
    return new Query(
        fingerprint,
        "postgresql",
        text,
        "portfolio-api",
        operation,
        endpoint,
        status,
        message,
        calls,
        total,
        p50,
        p95,
        p99,
        max,
        exemplars);
  }

  /**
   * What PostgreSQL 15 printed: EXPLAIN (VERBOSE, FORMAT JSON), "executed" with ANALYZE, BUFFERS.
   */
  static String plan(String name) {
    try (InputStream stream = SampleReports.class.getResourceAsStream("plans/" + name + ".json")) {
      if (stream == null) {
        throw new IllegalArgumentException("no plan " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
