package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.workload.ConnectionWaits;
import dev.spanwise.analyzer.workload.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of calls, and of what requests do around them.
 *
 * @param inconclusive what rules would have needed, in words
 */
record CallDiagnosis(List<Finding> findings, List<String> inconclusive) {

  CallDiagnosis {
    findings = List.copyOf(findings);
    inconclusive = List.copyOf(inconclusive);
  }

  /** Examines the calls of one query. */
  static CallDiagnosis of(QuerySubject subject) {
    Query query = subject.query();
    return of(
        RuleCatalogue.QUERY_RULES,
        rule -> rule.examine(subject),
        found -> finding(StableId.of(found.rule(), null, query.key()), query, null, found));
  }

  /** Examines the requests to one endpoint. */
  static CallDiagnosis of(ConnectionWaits waits, double slowerThanMs) {
    return of(
        RuleCatalogue.ENDPOINT_RULES,
        rule -> rule.examine(waits, slowerThanMs),
        found ->
            finding(
                StableId.of(found.rule(), waits.service(), waits.endpoint()), null, waits, found));
  }

  private static <R extends Rule> CallDiagnosis of(
      List<R> rules,
      Function<R, QueryVerdict> examine,
      Function<QueryVerdict.Found, Finding> finding) {
    List<Finding> findings = new ArrayList<>();
    List<String> inconclusive = new ArrayList<>();
    for (R rule : rules) {
      QueryVerdict verdict = examine.apply(rule);
      if (verdict instanceof QueryVerdict.Found found) {
        findings.add(finding.apply(found));
      } else if (verdict instanceof QueryVerdict.Inconclusive unjudged) {
        inconclusive.add(unjudged.missing());
      }
    }
    return new CallDiagnosis(findings, inconclusive);
  }

  private static Finding finding(
      String id, @Nullable Query query, @Nullable ConnectionWaits waits, QueryVerdict.Found found) {
    ExecutedPlan executed =
        found.links().stream()
            .flatMap(link -> Stream.ofNullable(link.plan()))
            .findFirst()
            .orElse(null);
    return new Finding(
        id,
        found.rule(),
        Severity.of(found.lostMs()),
        query,
        null,
        found.title(),
        found.explanation(),
        found.savedMs(),
        found.evidence(),
        found.links(),
        executed == null ? null : executed.plan(),
        executed == null ? null : executed.plan().root(),
        requests(query, waits, found),
        found.remedy(),
        List.of());
  }

  private static Finding.@Nullable Requests requests(
      @Nullable Query query, @Nullable ConnectionWaits waits, QueryVerdict.Found found) {
    if (waits != null) {
      return new Finding.Requests(waits.service(), waits.endpoint(), found.requests());
    }
    return query == null || found.requests().isEmpty()
        ? null
        : new Finding.Requests(query.key().service(), query.key().endpoint(), found.requests());
  }
}
