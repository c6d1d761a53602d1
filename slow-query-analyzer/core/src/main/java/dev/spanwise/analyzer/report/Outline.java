package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.report.Report.Advice;
import dev.spanwise.analyzer.report.Report.Comparison;
import dev.spanwise.analyzer.report.Report.EndpointLatency;
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

  private static final int NAME_CHARACTERS = 60;

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

  /** What a change takes or frees and what it costs writes; empty where neither is known. */
  static List<Effect> effects(Advice advice) {
    List<Effect> effects = new ArrayList<>();
    if (advice.estimatedBytes() != null) {
      String label = advice.kind().equals("drop-index") ? "frees" : "size";
      effects.add(new Effect(label, "about " + Quantity.bytes(advice.estimatedBytes())));
    }
    if (advice.writeCost() != null) {
      String change = advice.writeCost() < 0 ? " less" : " more";
      effects.add(
          new Effect(
              "writes", "about " + Quantity.milliseconds(Math.abs(advice.writeCost())) + change));
    }
    return effects;
  }

  /** A labelled side of a change, such as "size" and "about 11.2 MB". */
  record Effect(String label, String value) {}

  /** Statements by their named reads or first words, with their fingerprints. */
  String statements(List<String> fingerprints) {
    return fingerprints.stream().map(this::statement).collect(Collectors.joining(", "));
  }

  private String statement(String fingerprint) {
    Query query = queries.get(fingerprint);
    if (query == null || (query.operation() == null && query.text().isBlank())) {
      return "statement " + fingerprint;
    }
    String name = query.operation() == null ? firstWords(query.text()) : query.operation();
    return name + " (" + fingerprint + ")";
  }

  private static String firstWords(String statement) {
    String line = statement.strip().replaceAll("\\s+", " ");
    if (line.codePointCount(0, line.length()) <= NAME_CHARACTERS) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, NAME_CHARACTERS)).stripTrailing() + "…";
  }

  /** The statement to copy, ended by a semicolon. */
  static String runnable(Advice advice) {
    String statement = advice.statement().strip();
    if (statement.endsWith(";")) {
      return statement;
    }
    String lastLine = statement.substring(statement.lastIndexOf('\n') + 1);
    // Behind a comment, a semicolon would be a part of it.
    return statement + (lastLine.contains("--") ? "\n;" : ";");
  }

  /** What running the statement is, to stand before it. */
  static String action(Advice advice) {
    return switch (advice.kind()) {
      case "create-index" -> "create an index";
      case "drop-index" -> "drop an index";
      case "analyze" -> "renew the statistics";
      case "create-statistics" -> "create statistics";
      case "set-parameter" -> "change a setting";
      default -> advice.kind().replace('-', ' ');
    };
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

  /** False for a report of plans alone, which has no spans to speak of. */
  static boolean hasTraces(Report.Input input) {
    return input.spans() > 0 || input.plans() == 0;
  }

  /** What was read, in one phrase. */
  static String read(Report.Input input) {
    String plans = Quantity.count(input.plans(), "plan");
    String statements = Quantity.count(input.statements(), "statement");
    if (!hasTraces(input)) {
      return input.statements() == 0 ? plans : plans + ", " + statements;
    }
    String slow = " (" + Quantity.count(input.slowSpans()) + " slow), ";
    return Quantity.count(input.spans(), "span") + slow + plans + ", " + statements;
  }

  /** How many slow spans were tied to a plan, by confidence, and how many were not. */
  static String links(Report.Links links) {
    List<String> parts = new ArrayList<>();
    parts.add(Quantity.count(links.exact()) + " linked exactly");
    if (links.probable() > 0) {
      parts.add(Quantity.count(links.probable()) + " probably");
    }
    if (links.ambiguous() > 0) {
      parts.add(Quantity.count(links.ambiguous()) + " ambiguous");
    }
    parts.add(Quantity.count(links.unlinked()) + " not linked");
    return String.join(", ", parts);
  }

  /**
   * True where the exemplars are the requests that show a cause, not single calls: no plan shows
   * it.
   */
  static boolean showsRequests(Finding finding) {
    return finding.plan() == null
        && finding.exemplars().stream().allMatch(exemplar -> exemplar.link() == null);
  }

  /** True where the report has a cause in this endpoint. */
  boolean isDiagnosed(String endpoint) {
    return causes.stream().anyMatch(cause -> endpoint.equals(cause.finding().endpoint()));
  }

  /** How many times faster the 95th percentile became, such as "14.4×"; below one it is slower. */
  static String faster(EndpointLatency endpoint) {
    Latency before = endpoint.before();
    Latency after = endpoint.after();
    return before == null || after == null
        ? Quantity.NOT_MEASURED
        : Quantity.factor(before.p95Ms(), after.p95Ms());
  }

  /** What to say of compared endpoints without a finding; null where each has one. */
  @Nullable String remark(Comparison comparison) {
    boolean allDiagnosed =
        comparison.endpoints().stream().allMatch(endpoint -> isDiagnosed(endpoint.endpoint()));
    return allDiagnosed
        ? null
        : "Endpoints without a finding have no advice of their own here: they may have changed because"
            + " they no longer wait for the others.";
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
