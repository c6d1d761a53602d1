package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.link.Links;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.workload.Query;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

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
    String spans = slowSpans(query, kept);
    String noPid = "none of " + spans + " carries postgresql.pid";
    if (!links.logRead()) {
      return NONE
          + "no server log was read"
          + (withoutPid == kept ? ", and " + noPid : "")
          + someWithoutPid(withoutPid, kept, spans);
    }
    if (links.plans() == 0) {
      return NONE + "the server log that was read holds no readable plan (auto_explain)";
    }
    if (links.apart() != null) {
      return NONE + "the statements in the server's log are of another time than the slow spans";
    }
    if (withoutPid == kept) {
      return NONE + noPid + ", and no plan names one of them or fits one by statement and duration";
    }
    return NONE
        + (isAnyBackendLogged(query, links)
            ? "none was logged for it (auto_explain)"
            : "the log has no readable entry of the backends that its spans name (postgresql.pid): it is another server's, a pooler stands between, or the entry is among the rejected input")
        + someWithoutPid(withoutPid, kept, spans);
  }

  /** Why no plan was taken, although slow calls are linked. */
  static String reason(List<Link> links) {
    if (links.stream().anyMatch(Link::isPlanLetGo)) {
      return "the server logged plans of its slow calls, but plans are held up to a number of bytes, and these gave way to other statements' plans";
    }
    Set<String> doubts = new TreeSet<>();
    for (Link link : links) {
      if (link.doubt() == null) {
        return "the server logged its slow calls, but none of their plans (auto_explain)";
      }
      doubts.add(link.doubt().words());
    }
    return "every link of a slow call that was found is ambiguous: " + String.join("; ", doubts);
  }

  private static boolean isAnyBackendLogged(Query query, Links links) {
    return query.slowest().stream()
        .flatMap(slow -> Stream.ofNullable(slow.span().call()))
        .flatMap(call -> Stream.ofNullable(call.backendPid()))
        .anyMatch(links.backendsLogged()::contains);
  }

  private static String someWithoutPid(long withoutPid, long kept, String spans) {
    return withoutPid == 0 || withoutPid == kept
        ? ""
        : String.format(
            Locale.ROOT,
            "; %,d of %s %s no postgresql.pid",
            withoutPid,
            spans,
            withoutPid == 1 ? "carries" : "carry");
  }

  private static String slowSpans(Query query, long kept) {
    return kept < query.slowCalls()
        ? String.format(
            Locale.ROOT, "the %,d slowest of its %,d slow spans", kept, query.slowCalls())
        : String.format(Locale.ROOT, "its %,d slow %s", kept, kept == 1 ? "span" : "spans");
  }
}
