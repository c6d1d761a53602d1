package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.workload.Query;
import java.util.Locale;

/** Why no executed plan is linked to any slow call of a statement. */
final class WithoutPlan {

  private static final String NONE = "no executed plan is linked to any slow call: ";

  private WithoutPlan() {}

  static String reason(Query query, Links links) {
    if (query.system() != DatabaseSystem.POSTGRESQL) {
      return NONE + "plans are read of PostgreSQL only";
    }
    long kept = query.slowest().size();
    long withoutPid = query.slowest().stream().filter(slow -> !slow.hasBackendPid()).count();
    if (withoutPid == kept) {
      String noPid = "none of " + slowSpans(query, kept) + " carries postgresql.pid";
      return NONE + (links.logRead() ? noPid : "no server log was read, and " + noPid);
    }
    String some =
        withoutPid == 0
            ? ""
            : String.format(
                Locale.ROOT,
                "; %,d of %s %s no postgresql.pid",
                withoutPid,
                slowSpans(query, kept),
                withoutPid == 1 ? "carries" : "carry");
    if (!links.logRead()) {
      return NONE + "no server log was read" + some;
    }
    return NONE
        + (links.plans() == 0
            ? "the server log that was read holds no plan (auto_explain)"
            : "none was logged for it (auto_explain)")
        + some;
  }

  private static String slowSpans(Query query, long kept) {
    return kept < query.slowCalls()
        ? String.format(
            Locale.ROOT, "the %,d slowest of its %,d slow spans", kept, query.slowCalls())
        : String.format(Locale.ROOT, "its %,d slow %s", kept, kept == 1 ? "span" : "spans");
  }
}
