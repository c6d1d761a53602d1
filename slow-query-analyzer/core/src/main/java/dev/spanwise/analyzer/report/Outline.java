package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Exemplar;
import dev.spanwise.analyzer.report.Report.Finding;
import dev.spanwise.analyzer.report.Report.Latency;
import dev.spanwise.analyzer.report.Report.Query;
import dev.spanwise.analyzer.report.Report.Verified;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the forms for people have in common: each cause with its advice, and the sentences.
 *
 * @param causes findings in the report's order, numbered from one
 * @param furtherAdvice advice that no finding names
 * @param queries by fingerprint, the costliest of each
 */
record Outline(List<Cause> causes, List<Advice> furtherAdvice, Map<String, Query> queries) {

  /**
   * @param advice advice that is shown first with this cause
   * @param shares earlier causes whose advice helps here, too
   * @param query the statement of the cause; null where it has none
   * @param calls how often the place of the cause called it; null where that is not known
   */
  record Cause(
      int number,
      Finding finding,
      List<Advice> advice,
      Set<Integer> shares,
      @Nullable Query query,
      @Nullable Long calls) {}

  static Outline of(Report report) {
    Map<String, Advice> unseen = new LinkedHashMap<>();
    report.advice().forEach(advice -> unseen.putIfAbsent(advice.id(), advice));
    Map<String, Advice> byId = Map.copyOf(unseen);
    Map<String, Query> queries = new HashMap<>();
    report.queries().forEach(query -> queries.putIfAbsent(query.fingerprint(), query));
    Map<String, Integer> shownBy = new HashMap<>();
    List<Cause> causes = new ArrayList<>();
    for (Finding finding : report.findings()) {
      int number = causes.size() + 1;
      List<Advice> first = new ArrayList<>();
      Set<Integer> shares = new TreeSet<>();
      for (String id : finding.advice()) {
        Advice advice = byId.get(id);
        if (advice == null) {
          continue;
        }
        Integer earlier = shownBy.putIfAbsent(id, number);
        if (earlier == null) {
          first.add(advice);
          unseen.remove(id);
        } else if (earlier != number) {
          shares.add(earlier);
        }
      }
      Query query = finding.fingerprint() == null ? null : queries.get(finding.fingerprint());
      causes.add(new Cause(number, finding, first, shares, query, calls(report, finding)));
    }
    return new Outline(causes, List.copyOf(unseen.values()), queries);
  }

  private static @Nullable Long calls(Report report, Finding finding) {
    return report.queries().stream()
        .filter(query -> query.fingerprint().equals(finding.fingerprint()))
        .filter(query -> Objects.equals(query.service(), finding.service()))
        .filter(query -> Objects.equals(query.operation(), finding.operation()))
        .filter(query -> Objects.equals(query.endpoint(), finding.endpoint()))
        .map(Query::calls)
        .findFirst()
        .orElse(null);
  }

  /** The estimate of what a cure saves; null where there is none. */
  static @Nullable String saving(Finding finding) {
    return finding.savedMs() == null
        ? null
        : Quantity.milliseconds(finding.savedMs()) + " in total, by estimate";
  }

  /** Service, endpoint and named read, as far as they are known. */
  static String where(
      @Nullable String endpoint, @Nullable String operation, @Nullable String service) {
    return Stream.of(endpoint, operation, service)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" · "));
  }

  /** How the advice was proved, in words, such as "Planned by a shadow of the database". */
  static String proof(Verified verified) {
    String by =
        switch (verified.by()) {
          case "shadow" -> "Planned by a shadow of the database";
          case "hypopg" -> "Planned by the server itself with a hypothetical index";
          case "executed" -> "Proved by building the index in a transaction that was rolled back";
          case "none" -> "Not verified";
          default -> "Verified by " + verified.by();
        };
    return verified.reason() == null ? by : by + ": " + verified.reason();
  }

  /** The cost before and after, such as "cost 18,334 → 8.45, 2,170× less"; null if not planned. */
  static @Nullable String costs(Verified verified) {
    if (verified.costBefore() == null && verified.costAfter() == null) {
      return null;
    }
    String change = Quantity.change(verified.costBefore(), verified.costAfter());
    return "cost "
        + Quantity.cost(verified.costBefore())
        + " → "
        + Quantity.cost(verified.costAfter())
        + (change == null ? "" : ", " + change);
  }

  /** What an index costs: its size and the extra write time; null where neither is known. */
  static @Nullable String price(Advice advice) {
    List<String> parts = new ArrayList<>();
    if (advice.estimatedBytes() != null) {
      String verb = advice.kind().equals("drop-index") ? "frees about " : "takes about ";
      parts.add(verb + Quantity.bytes(advice.estimatedBytes()));
    }
    if (advice.writeCost() != null) {
      String verb = advice.writeCost() < 0 ? "saves about " : "adds about ";
      parts.add(verb + Quantity.milliseconds(Math.abs(advice.writeCost())) + " of write time");
    }
    return parts.isEmpty() ? null : String.join(", ", parts);
  }

  /** Statements by fingerprint, with their named reads where known. */
  String statements(List<String> fingerprints) {
    return fingerprints.stream().map(this::statement).collect(Collectors.joining(", "));
  }

  private String statement(String fingerprint) {
    Query query = queries.get(fingerprint);
    return query == null || query.operation() == null
        ? fingerprint
        : query.operation() + " (" + fingerprint + ")";
  }

  /** True where the statement can be run as it stands. */
  static boolean isRunnable(Advice advice) {
    return switch (advice.kind()) {
      case "rewrite-query", "batch-queries", "investigate" -> false;
      default -> true;
    };
  }

  /** What a link's confidence means. */
  static String meaning(String confidence) {
    return switch (confidence) {
      case "exact" ->
          "one plan and one span can belong to each other, and their statements are the same";
      case "probable" ->
          "one plan and one span can belong to each other, but nothing confirms the statement, or"
              + " the log's times are coarse";
      case "ambiguous" -> "several could belong to each other; none is chosen";
      default -> "no plan was found: the log threshold or the time span may not cover it";
    };
  }

  /** A status for people: that no rule fired does not prove a statement healthy. */
  static String label(String status) {
    return status.equals("healthy") ? "no cause" : status;
  }

  /** Why a statement has its status; the status alone where no more is known. */
  static String status(Query query) {
    String status = label(query.status());
    return query.message() == null ? status : status + ": " + query.message();
  }

  /** How an exemplar was tied to its plan, such as "exact, backend-pid". */
  static String link(Exemplar exemplar) {
    return exemplar.link() == null
        ? "no"
        : exemplar.link().confidence() + ", " + exemplar.link().method();
  }

  /** What was read, in one phrase. */
  static String read(Report.Input input) {
    return String.join(
        ", ",
        Quantity.count(input.spans(), "span") + " (" + Quantity.count(input.slowSpans()) + " slow)",
        Quantity.count(input.plans(), "plan"),
        Quantity.count(input.statements(), "statement"));
  }

  /** How many slow spans were tied to a plan, by confidence. */
  static String links(Report.Links links) {
    return String.join(
        ", ",
        Quantity.count(links.exact()) + " exact",
        Quantity.count(links.probable()) + " probable",
        Quantity.count(links.ambiguous()) + " ambiguous",
        Quantity.count(links.unlinked()) + " unlinked");
  }

  /** Requests, p50, p95 and p99 of one side of a comparison. */
  static List<String> cells(@Nullable Latency latency) {
    return latency == null
        ? Collections.nCopies(4, Quantity.NOT_MEASURED)
        : List.of(
            Quantity.count(latency.requests()),
            Quantity.milliseconds(latency.p50Ms()),
            Quantity.milliseconds(latency.p95Ms()),
            Quantity.milliseconds(latency.p99Ms()));
  }

  /** How many pieces could not be used, listed or not. */
  static long rejected(Report.Input input) {
    return Math.max(input.rejectedCount(), input.rejected().size());
  }
}
