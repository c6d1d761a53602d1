package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Actual;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A hash table does not fit into memory: it is built in batches, by way of temporary files. */
final class HashSpillsToDisk implements PlanRule {

  private static final String OF_JOIN =
      "Join fewer or narrower rows: filter before the join, and select the columns that are needed alone";
  private static final String OF_GROUPS =
      "Group fewer rows: filter before the grouping, or keep the totals in a table of their own";

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> hashes =
        subject.nodes(NodeType.HASH, NodeType.AGGREGATE).filter(HashSpillsToDisk::isHash).toList();
    if (!hashes.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "whether hash tables fit into memory: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        hashes.stream()
            .filter(PlanSubject::ran)
            .filter(hash -> batches(hash) > 1)
            .filter(hash -> subject.matters(subject.ownShareOf(explains(subject, hash))))
            .map(hash -> cause(subject, hash))
            .toList());
  }

  private static boolean isHash(PlanNode node) {
    return node.type() == NodeType.HASH
        || Set.of("Hashed", "Mixed").contains(node.details().getOrDefault("Strategy", ""));
  }

  /** The most batches that one process needed. */
  private static double batches(PlanNode hash) {
    String name = hash.type() == NodeType.HASH ? "Hash Batches" : "HashAgg Batches";
    return largest(hash, name);
  }

  /** A field's largest value, of the node itself and of its workers. */
  private static double largest(PlanNode node, String field) {
    return node.details().keySet().stream()
        .filter(name -> name.equals(field) || name.endsWith("." + field))
        .flatMap(name -> Stream.ofNullable(node.number(name)))
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  /** The hash, and the join that reads it. */
  private static List<PlanNode> steps(PlanSubject subject, PlanNode hash) {
    PlanNode join = subject.parent(hash);
    return hash.type() == NodeType.HASH && join != null ? List.of(hash, join) : List.of(hash);
  }

  private static Set<String> explains(PlanSubject subject, PlanNode hash) {
    return steps(subject, hash).stream().map(PlanNode::pointer).collect(Collectors.toSet());
  }

  /** Bytes that a process writes: of a join, all batches but the first of both its sides. */
  private static double spilledBytes(PlanSubject subject, PlanNode hash) {
    double printed = largest(hash, "Disk Usage") * WorkMemory.KILOBYTE;
    if (hash.type() != NodeType.HASH) {
      return printed * subject.repetitions(hash);
    }
    List<PlanNode> steps = steps(subject, hash);
    double sides =
        PlanSubject.inputs(steps.get(steps.size() - 1)).stream()
            .mapToDouble(side -> PlanSubject.rows(side) * width(side))
            .sum();
    return sides * (1 - 1 / batches(hash)) / subject.processes(hash);
  }

  private static double width(PlanNode node) {
    return node.estimate() == null ? 0 : node.estimate().width();
  }

  /** Bytes that the whole table takes in one process. */
  private static double memory(PlanNode hash) {
    Actual actual = hash.actual();
    double peak = largest(hash, "Peak Memory Usage") * WorkMemory.KILOBYTE;
    if (actual == null || hash.estimate() == null) {
      return peak * batches(hash);
    }
    double width = hash.estimate().width();
    return hash.type() == NodeType.HASH
        ? WorkMemory.ofHash(hashed(hash), width)
        : WorkMemory.ofGroups(hashed(hash), width);
  }

  /** Rows or groups in the table of one process: with the groups that HAVING threw away. */
  private static double hashed(PlanNode hash) {
    Actual actual = hash.actual();
    if (actual == null) {
      return 0;
    }
    Double removed = actual.removedByFilter();
    return actual.rows() + (removed == null ? 0 : removed);
  }

  private Cause cause(PlanSubject subject, PlanNode hash) {
    boolean joins = hash.type() == NodeType.HASH;
    Set<String> explains = explains(subject, hash);
    double share = subject.ownShareOf(explains);
    double rows = hashed(hash);
    double memory = memory(hash);
    SpillTime spilled = SpillTime.of(subject, steps(subject, hash), spilledBytes(subject, hash));
    String instead = joins ? OF_JOIN : OF_GROUPS;
    String title =
        "The hash table of %s %s does not fit into memory: %s batches by way of the disk"
            .formatted(
                Wording.count(rows), joins ? "rows" : "groups", Wording.count(batches(hash)));
    String explanation =
        "Hashing %s exceeds work_mem × hash_mem_multiplier, so PostgreSQL wrote a part of %s to temporary files and took them up batch by batch. In memory the table takes about %s in each process.%s Give the memory to this statement, or to the role that runs it, never to the whole server: every step of every statement may take as much."
            .formatted(
                joins ? "one side of the join" : "the groups",
                joins ? "both sides" : "the rows",
                Wording.bytes(memory),
                spilled.sentences(subject, share, joins ? "join" : "grouping", instead));
    double multiplier = WorkMemory.hashMultiplier(subject.plan(), subject.catalogue());
    return new Cause(
        id(),
        null,
        hash,
        explains,
        title,
        explanation,
        evidence(hash, rows, share),
        share,
        spilled.share(subject, share),
        WorkMemory.setting(subject.plan(), memory / multiplier, instead));
  }

  private static List<Evidence> evidence(PlanNode hash, double rows, double share) {
    String pointer = hash.pointer();
    boolean joins = hash.type() == NodeType.HASH;
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Evidence.rows(joins ? "rows hashed" : "groups", rows, pointer + "/Actual Rows"));
    evidence.add(
        Evidence.count(
            "batches",
            batches(hash),
            "1",
            pointer + (joins ? "/Hash Batches" : "/HashAgg Batches")));
    Double original = joins ? hash.number("Original Hash Batches") : null;
    if (original != null && original < batches(hash)) {
      evidence.add(
          Evidence.count("batches planned", original, "1", pointer + "/Original Hash Batches"));
    }
    addBytes(evidence, "written to disk", hash, "Disk Usage");
    addBytes(evidence, "memory used", hash, "Peak Memory Usage");
    evidence.add(
        Evidence.share("share of the execution time", share, pointer + "/Actual Total Time"));
    return evidence;
  }

  private static void addBytes(List<Evidence> evidence, String name, PlanNode hash, String field) {
    double kilobytes = largest(hash, field);
    if (kilobytes > 0) {
      evidence.add(
          Evidence.bytes(name, kilobytes * WorkMemory.KILOBYTE, hash.pointer() + "/" + field));
    }
  }
}
