package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.StatementStatistics;
import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.workload.Query;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A request takes so many rows that handing them out takes longer than finding them.
 *
 * <p>The server's time for a statement, as auto_explain logs it, includes sending the rows, and
 * waiting for a client that is slow to take them; the time of the plan's topmost node does not. The
 * difference is the price of the rows' number.
 */
final class ReturnsTooManyRows implements QueryRule {

  private static final double NANOS_PER_MS = 1e6;

  /** A slow call whose plan says how many rows it returned and how long that took. */
  private record Call(Link link, double rows, double sendingMs) {

    double spanMs() {
      return span().durationNanos() / NANOS_PER_MS;
    }

    Span span() {
      return link.span().span();
    }

    boolean isSending() {
      return rows >= Thresholds.RETURNED_ROWS && sendingMs >= Thresholds.SENDING_SHARE * spanMs();
    }
  }

  @Override
  public QueryVerdict examine(QuerySubject subject) {
    Query query = subject.query();
    // A job that no request waits for may need every row; so may COPY.
    if (query.key().endpoint() == null || !ReadText.isRepeatable(query.text())) {
      return new QueryVerdict.Clear();
    }
    List<Call> measured = subject.links().stream().flatMap(ReturnsTooManyRows::measured).toList();
    List<Call> sending =
        measured.stream()
            .filter(Call::isSending)
            .sorted(Comparator.comparingDouble(Call::sendingMs).reversed())
            .toList();
    if (!sending.isEmpty()) {
      return found(query, measured, sending);
    }
    if (returnsMany(subject) && measured.isEmpty()) {
      return new QueryVerdict.Inconclusive(
          "how long handing out very many rows takes: no plan with times of such a call is linked (auto_explain.log_analyze and log_timing)");
    }
    return new QueryVerdict.Clear();
  }

  private static Stream<Call> measured(Link link) {
    ExecutedPlan executed = link.plan();
    Actual root = executed == null ? null : executed.plan().root().actual();
    if (executed == null || root == null || root.totalMs() == null || link.span().repeated()) {
      return Stream.of();
    }
    double serverMs = executed.durationNanos() / NANOS_PER_MS;
    double spanMs = link.span().span().durationNanos() / NANOS_PER_MS;
    double findingMs = root.totalMs() * root.loops();
    return Stream.of(
        new Call(link, root.totalRows(), Math.max(0, Math.min(serverMs, spanMs) - findingMs)));
  }

  /**
   * Whether a slow call returns very many rows, as its span or its untimed plan says, or most calls
   * do, as the server counts them.
   */
  private static boolean returnsMany(QuerySubject subject) {
    Stream<Double> ofSpans =
        subject.query().slowest().stream()
            .map(slow -> slow.span().call())
            .filter(Objects::nonNull)
            .map(DatabaseCall::returnedRows)
            .filter(Objects::nonNull)
            .map(Long::doubleValue);
    Stream<Double> ofPlans =
        subject.links().stream()
            .map(Link::plan)
            .filter(Objects::nonNull)
            .map(executed -> executed.plan().root().actual())
            .filter(Objects::nonNull)
            .map(Actual::totalRows);
    Stream<Double> ofServer =
        Stream.ofNullable(subject.counted()).map(StatementStatistics::meanRows);
    return Stream.of(ofSpans, ofPlans, ofServer)
        .flatMap(rows -> rows)
        .anyMatch(rows -> rows >= Thresholds.RETURNED_ROWS);
  }

  private QueryVerdict found(Query query, List<Call> measured, List<Call> sending) {
    Call worst = sending.get(0);
    double sendingMs = sending.stream().mapToDouble(Call::sendingMs).sum();
    double measuredMs = measured.stream().mapToDouble(Call::spanMs).sum();
    return new QueryVerdict.Found(
        id(),
        "One request takes %s rows".formatted(Wording.count(worst.rows())),
        "Handing the rows out took %s of the call's %s, more than finding them. No index makes that shorter: fewer rows do."
            .formatted(Wording.ms(worst.sendingMs()), Wording.ms(worst.spanMs())),
        evidence(worst, sending),
        sendingMs / sending.size(),
        // The measured calls stand for all slow ones.
        query.slowMs() * sendingMs / measuredMs,
        List.of(),
        sending.stream().map(Call::link).toList(),
        new Remedy.Step(
            Remedy.Kind.REWRITE_QUERY,
            "Ask for what is shown: LIMIT with the last key of the page before, the columns that are used, or sums made by the server. Where a caller needs every row, let it stream them",
            "the planner's costs leave out what sending rows takes"));
  }

  private static List<Evidence> evidence(Call worst, List<Call> sending) {
    String root = Objects.requireNonNull(worst.link().plan()).plan().root().pointer();
    double share =
        sending.stream().mapToDouble(Call::sendingMs).sum()
            / sending.stream().mapToDouble(Call::spanMs).sum();
    return List.of(
        Evidence.rows("rows returned", worst.rows(), root + "/Actual Rows"),
        Evidence.ms(
            "time to hand them out",
            worst.sendingMs(),
            "auto_explain's duration less " + root + "/Actual Total Time"),
        Evidence.ms(
            "time of the call", worst.spanMs(), "span " + Span.format(worst.span().spanId())),
        Evidence.share("share of the time of such calls", share, "spans and plans"),
        Evidence.count("slow calls seen with so many rows", sending.size(), "{call}", "spans"));
  }
}
