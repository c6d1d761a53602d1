package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.execution.LockWait;
import dev.spanwise.analyzer.execution.StatementDuration;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    lockers.stream()
        .filter(PlanSubject::ran)
        .filter(node -> !isForeign(subject, node))
        .forEach(node -> addIfWaited(subject, node, causes));
    if (!lockers.isEmpty() && lockers.stream().allMatch(WaitedForLock::inserts)) {
      addForeignKeys(subject, lockers.get(0), causes);
    }
    return Verdict.of(causes);
  }

  private void addIfWaited(PlanSubject subject, PlanNode node, List<Cause> causes) {
    Double ownMs = subject.ownMs(node);
    if (ownMs == null) {
      return;
    }
    double waitedMs = ownMs - busyMs(subject, node);
    double share = subject.shareOfMs(waitedMs);
    if (waitedMs >= Thresholds.WAITED_MS && subject.matters(share)) {
      causes.add(ofNode(node, ownMs, waitedMs, share));
    }
  }

  /** What the rows and blocks of a node take at most, and what else passes inside of it. */
  private static double busyMs(PlanSubject subject, PlanNode node) {
    return rows(node) * Thresholds.WRITTEN_ROW_MS
        + OwnBlocks.touched(node) * Thresholds.DISK_BLOCK_MS
        + ReadTime.ownMs(subject, node)
        + subject.triggersMs();
  }

  private static double rows(PlanNode node) {
    return PlanSubject.inputs(node).stream()
        .map(PlanNode::actual)
        .mapToDouble(actual -> actual == null ? 0 : actual.totalRows())
        .sum();
  }

  /** A foreign table is written on another server, which takes its time without a lock. */
  private static boolean isForeign(PlanSubject subject, PlanNode node) {
    return node.details().containsKey("Remote SQL")
        || subject
            .relation(node)
            .map(relation -> relation.kind() == Relation.Kind.FOREIGN_TABLE)
            .orElse(false);
  }

  private static boolean inserts(PlanNode node) {
    return "Insert".equals(node.details().get("Operation"));
  }

  /**
   * The check of a foreign key finds the row that it refers to by a unique index and locks it: only
   * the lock can take long. That of a DELETE or UPDATE has other reasons as well.
   */
  private void addForeignKeys(PlanSubject subject, PlanNode insert, List<Cause> causes) {
    List<Trigger> triggers = subject.plan().triggers();
    for (int i = 0; i < triggers.size(); i++) {
      Trigger trigger = triggers.get(i);
      Double ms = trigger.timeMs();
      double share = ms == null ? 0 : subject.shareOfMs(ms);
      if (ms != null
          && trigger.constraint() != null
          && ms >= Thresholds.WAITED_MS * Math.max(1, trigger.calls())
          && subject.matters(share)) {
        causes.add(ofForeignKey(insert, trigger, "/Triggers/" + i, ms, share));
      }
    }
  }

  private Cause ofNode(PlanNode node, double ownMs, double waitedMs, double share) {
    RelationName relation = relation(node);
    String on = relation == null ? "" : " of " + relation;
    return new Cause(
        id(),
        relation,
        node,
        Set.of(node.pointer()),
        "The statement waited %s for rows%s that another transaction had locked"
            .formatted(Wording.ms(waitedMs), on),
        "%s took %s for %s rows and %s blocks. That is not work but waiting: most likely for a transaction that had changed or locked the same rows and had not ended."
            .formatted(
                node.type() == NodeType.LOCK_ROWS ? "Locking rows" : "Writing",
                Wording.ms(ownMs),
                Wording.count(rows(node)),
                Wording.count(OwnBlocks.touched(node))),
        List.of(
            Evidence.ms("time of the wait", waitedMs, node.pointer() + "/Actual Total Time"),
            Evidence.rows(
                "rows written or locked", rows(node), node.pointer() + "/Plans/0/Actual Rows"),
            Evidence.count(
                "blocks touched",
                OwnBlocks.touched(node),
                "{block}",
                node.pointer() + "/Shared Hit Blocks"),
            Evidence.share(
                "share of the execution time", share, node.pointer() + "/Actual Total Time")),
        share,
        RELEASE);
  }

  /** What is written; for rows that are only locked, the one table below. */
  private static @Nullable RelationName relation(PlanNode node) {
    RelationName written = PlanSubject.relationName(node);
    List<RelationName> read =
        node.nodes()
            .filter(below -> below.target().relation() != null)
            .map(PlanSubject::relationName)
            .distinct()
            .toList();
    return written == null && read.size() == 1 ? read.get(0) : written;
  }

  private Cause ofForeignKey(
      PlanNode insert, Trigger trigger, String pointer, double ms, double share) {
    RelationName relation = PlanSubject.relationName(insert);
    String constraint = RelationName.quoted(String.valueOf(trigger.constraint()));
    return new Cause(
        id(),
        relation,
        insert,
        Set.of(pointer),
        "The insert into %s waited %s for the row that it refers to"
            .formatted(relation, Wording.ms(ms)),
        "The foreign key %s locks the row that a new one refers to, and its check took %s for %s calls: another transaction had deleted that row, changed its key or locked it FOR UPDATE, and had not ended."
            .formatted(constraint, Wording.ms(ms), Wording.count((double) trigger.calls())),
        List.of(
            Evidence.ms("time of the check", ms, pointer + "/Time"),
            Evidence.count("checks", (double) trigger.calls(), "{call}", pointer + "/Calls"),
            Evidence.share("share of the execution time", share, pointer + "/Time")),
        share,
        RELEASE);
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
    if (parseMs < Thresholds.WAITED_MS || parseMs < Thresholds.EXPLAINS_SHARE * spanMs) {
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
