package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.plan.Buffers;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanFacts;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statement waited for a lock of another transaction. A wait for a row passes inside a node of
 * the plan that then has too little to show for its time; a wait for a table passes before the
 * execution, and only the server's log tells of it.
 */
final class WaitedForLock implements PlanRule, CallRule {

  private static final double NANOS_PER_MS = 1e6;

  private static final Remedy RELEASE =
      new Remedy.Step(
          Remedy.Kind.INVESTIGATE,
          "Find the transaction that holds the lock: while a statement waits, SELECT pid, state, xact_start, query FROM pg_stat_activity WHERE pid = ANY (pg_blocking_pids(<pid of the one that waits>)); afterwards, log_lock_waits has its pid in the log. Shorten it: no remote call or user between its first write and COMMIT, rows in one order everywhere. Bound the wait with lock_timeout; where rows are interchangeable, as in a queue, take them with FOR UPDATE SKIP LOCKED, and where nobody should wait, with NOWAIT",
          "no plan shows what another transaction does");

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> lockers = subject.nodes(NodeType.MODIFY_TABLE, NodeType.LOCK_ROWS).toList();
    if (!lockers.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "time of writing and locking rows: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    List<Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    lockers.stream()
        .filter(PlanSubject::ran)
        .filter(node -> !isForeign(subject, node))
        .forEach(node -> addRows(subject, node, causes, missing));
    if (subject.nodes(NodeType.MODIFY_TABLE).findAny().isPresent()) {
      subject.plan().triggers().forEach(trigger -> addKey(subject, trigger, causes, missing));
    }
    return causes.isEmpty() && !missing.isEmpty()
        ? new Verdict.Inconclusive(String.join("; ", missing))
        : Verdict.of(causes);
  }

  private void addRows(
      PlanSubject subject, PlanNode node, List<Cause> causes, List<String> missing) {
    Double ownMs = subject.ownMs(node);
    if (ownMs == null) {
      return;
    }
    RowWait wait = new RowWait(subject, node, ownMs);
    if (wait.isLong()) {
      String doubt = wait.doubt();
      if (doubt == null) {
        causes.add(wait.cause(id(), RELEASE));
      } else {
        missing.add(wait.missing(doubt));
      }
    }
  }

  private void addKey(
      PlanSubject subject, Trigger trigger, List<Cause> causes, List<String> missing) {
    if (trigger.timeMs() == null) {
      return;
    }
    ReferencedRowWait wait = new ReferencedRowWait(subject, trigger, trigger.timeMs());
    if (wait.isLong()) {
      switch (ForeignKeySide.of(subject, trigger)) {
        case REFERENCING -> causes.add(wait.cause(id(), RELEASE));
        case UNKNOWN -> missing.add(wait.missing());
        case REFERENCED, NEITHER -> {}
      }
    }
  }

  /** A foreign table is written on another server, which takes its time without a lock. */
  private static boolean isForeign(PlanSubject subject, PlanNode node) {
    return node.details().containsKey("Remote SQL")
        || subject
            .relation(node)
            .map(relation -> relation.kind() == Relation.Kind.FOREIGN_TABLE)
            .orElse(false);
  }

  @Override
  public CallVerdict examine(Call call) {
    Map<String, List<LockWait>> byTarget =
        call.events(LockWait.class)
            .collect(
                Collectors.groupingBy(
                    wait -> wait.mode() + " " + wait.target(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<LockWaits> waits = byTarget.values().stream().map(LockWaits::of).toList();
    double spanMs = call.durationNanos() / NANOS_PER_MS;
    if (waits.isEmpty()) {
      return ofParse(call, spanMs);
    }
    double waitedMs = Math.min(spanMs, waits.stream().mapToDouble(LockWaits::waitedMs).sum());
    if (waitedMs < Thresholds.LOST_MS || waitedMs < Thresholds.EXPLAINS_SHARE * spanMs) {
      return new CallVerdict.Clear();
    }
    LockWaits longest =
        waits.stream().max(Comparator.comparingDouble(LockWaits::waitedMs)).orElseThrow();
    List<Evidence> evidence = new ArrayList<>(longest.evidence());
    evidence.add(Evidence.share("share of the call's time", waitedMs / spanMs, "span"));
    return new CallVerdict.Found(
        id(),
        longest.what(),
        "The call waited %s for %s".formatted(Wording.ms(waitedMs), longest.what()),
        "The server's log says that the statement asked for a %s and had to wait until another transaction ended. Its own work took the rest of %s."
            .formatted(longest.mode(), Wording.ms(spanMs)),
        evidence,
        waitedMs,
        RELEASE);
  }

  /** Whether most of what the plan read was not in memory: then the catalogue was not either. */
  private static boolean isCold(@Nullable PlanFacts facts) {
    Buffers buffers = facts == null ? null : facts.buffers();
    return buffers != null && buffers.sharedRead() > buffers.sharedHit();
  }

  /**
   * A statement locks its tables as it is parsed. Parsing itself takes less than a millisecond, and
   * a wait that is shorter than {@code deadlock_timeout} is not logged.
   */
  private CallVerdict ofParse(Call call, double spanMs) {
    double parseMs =
        call.events(StatementDuration.class)
            .filter(duration -> duration.step() == StatementDuration.Step.PARSE)
            .mapToDouble(duration -> duration.durationNanos() / NANOS_PER_MS)
            .sum();
    if (parseMs < Thresholds.WAITED_MS
        || parseMs < Thresholds.EXPLAINS_SHARE * spanMs
        || (parseMs <= Thresholds.COLD_PARSE_MS && isCold(call.facts()))) {
      return new CallVerdict.Clear();
    }
    return new CallVerdict.Found(
        id(),
        "parse",
        "The call waited %s before it was parsed, most likely for a lock on a table"
            .formatted(Wording.ms(parseMs)),
        "The server's log says that parsing the statement took %s, which is no work of that length: a statement locks its tables then, and another transaction held one of them in a mode that lets nobody read, as ALTER TABLE, LOCK TABLE and VACUUM FULL do. log_lock_waits logs waits that are longer than deadlock_timeout."
            .formatted(Wording.ms(parseMs)),
        List.of(
            Evidence.ms("time of the parse", parseMs, "log_min_duration_statement"),
            Evidence.share("share of the call's time", Math.min(1, parseMs / spanMs), "span")),
        Math.min(parseMs, spanMs),
        RELEASE);
  }
}
