package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The wrong estimates of a plan that cost time. A wrong estimate alone costs nothing: only where
 * another choice would have been better at the rows that came is it worth a word.
 *
 * @param found those that made the planner choose badly
 * @param unknownSizes tables whose size would tell whether one of the planner's choices was bad
 */
record Misestimates(List<Misestimate> found, Set<String> unknownSizes) {

  Misestimates {
    found = List.copyOf(found);
    unknownSizes = Set.copyOf(unknownSizes);
  }

  static Misestimates of(PlanSubject subject) {
    Search search = new Search(subject);
    subject.nodes().filter(PlanSubject::ran).forEach(search::look);
    return new Misestimates(search.found, search.unknownSizes);
  }

  /** Looks at the nodes of one plan. */
  private static final class Search {

    private final PlanSubject subject;
    private final List<Misestimate> found = new ArrayList<>();
    private final Set<String> unknownSizes = new TreeSet<>();

    Search(PlanSubject subject) {
      this.subject = subject;
    }

    void look(PlanNode node) {
      switch (node.type()) {
        case NESTED_LOOP -> loop(node);
        case HASH -> hash(node);
        case AGGREGATE -> groups(node);
        case INDEX_SCAN -> {
          indexScan(node);
          orderedScan(node);
        }
        case SEQ_SCAN -> seqScan(node);
        default -> {
          // The other nodes do not depend much on how many rows they were expected to see.
        }
      }
    }

    /** A nested loop, where a hash join would read its inner side once. */
    private void loop(PlanNode join) {
      List<PlanNode> sides = PlanSubject.inputs(join);
      if (sides.size() != 2) {
        return;
      }
      PlanNode outer = sides.get(0);
      PlanNode inner = sides.get(1);
      if (!Misestimate.isTooLow(outer)) {
        copy(join, outer, inner);
        return;
      }
      Set<String> explains = new HashSet<>(PlanSubject.pointers(inner));
      explains.add(join.pointer());
      double share = subject.ownShareOf(explains);
      InnerSide side = new InnerSide(subject, join, inner);
      Double executionMs = subject.executionMs();
      if (executionMs == null || !subject.matters(share) || !side.couldBeHashed()) {
        return;
      }
      Double onceMs = side.onceMs();
      if (onceMs == null) {
        unknownSizes.addAll(side.tablesOfUnknownSize());
        return;
      }
      double startsOfJoin = subject.repetitions(join);
      double outerMs = Misestimate.seen(outer) / Thresholds.SCANNED_ROWS_PER_MS;
      double spentMs = share * executionMs;
      if (spentMs >= Thresholds.BETTER_CHOICE * startsOfJoin * (onceMs + outerMs)) {
        found.add(
            new Misestimate(
                lowest(outer),
                join,
                explains,
                share,
                "joined by a nested loop, whose inner side then ran %s times"
                    .formatted(Wording.count(subject.repetitions(inner)))));
      }
    }

    /** A copy of the inner side that was to hold few rows, where a hash table would be asked. */
    private void copy(PlanNode join, PlanNode outer, PlanNode inner) {
      Set<String> explains = Set.of(join.pointer(), inner.pointer());
      double share = subject.ownShareOf(explains);
      Double executionMs = subject.executionMs();
      if (inner.type() != NodeType.MATERIALIZE
          || !Misestimate.isTooLow(inner)
          || executionMs == null
          || !subject.matters(share)
          || !new InnerSide(subject, join, inner).couldBeHashed()) {
        return;
      }
      double rows = Misestimate.seen(outer) + Misestimate.seen(inner);
      double hashedMs = subject.repetitions(join) * rows / Thresholds.SCANNED_ROWS_PER_MS;
      if (share * executionMs >= Thresholds.BETTER_CHOICE * hashedMs) {
        found.add(
            new Misestimate(
                lowest(inner),
                join,
                explains,
                share,
                "joined by a nested loop, which went through a copy of them %s times"
                    .formatted(Wording.count(subject.repetitions(inner)))));
      }
    }

    /** A hash table that was made for fewer rows, and had to be split as they came. */
    private void hash(PlanNode hash) {
      Double planned = hash.number("Original Hash Batches");
      Double batches = hash.number("Hash Batches");
      PlanNode join = subject.parent(hash);
      if (planned == null || batches == null || join == null || batches <= planned) {
        return;
      }
      Set<String> explains = Set.of(hash.pointer(), join.pointer());
      double share = subject.ownShareOf(explains);
      if (Misestimate.isTooLow(hash) && subject.matters(share)) {
        found.add(
            new Misestimate(
                lowest(hash),
                hash,
                explains,
                share,
                "made a hash table for these, and had to split it over the disk as more came"));
      }
    }

    /** Groups that were to fit into memory and did not. */
    private void groups(PlanNode aggregate) {
      Double batches = aggregate.number("HashAgg Batches");
      double share = subject.ownShare(aggregate);
      if (batches != null
          && batches > 1
          && Misestimate.isTooLow(aggregate)
          && subject.matters(share)) {
        found.add(
            new Misestimate(
                lowest(aggregate),
                aggregate,
                Set.of(aggregate.pointer()),
                share,
                "hashed the groups in memory that was then too small"));
      }
    }

    /** An index scan that leads to so many rows that reading the whole table is quicker. */
    private void indexScan(PlanNode scan) {
      Double ownMs = subject.ownMs(scan);
      Double wholeMs = InnerSide.wholeTableMs(subject, scan);
      double share = subject.ownShare(scan);
      if (ownMs != null
          && wholeMs != null
          && Misestimate.isTooLow(scan)
          && subject.repetitions(scan) <= 1
          && ownMs >= Thresholds.BETTER_CHOICE * wholeMs
          && subject.matters(share)) {
        found.add(
            new Misestimate(
                scan,
                scan,
                Set.of(scan.pointer()),
                share,
                "fetched them one by one through an index, where reading the whole table is quicker"));
      }
    }

    /**
     * An index that is read for its order, in the hope of an early end. Where the planner knew the
     * values, and statistics of today, it was told of the chance of that; where it did not, another
     * index may lead to them.
     */
    private void orderedScan(PlanNode scan) {
      String filter = scan.conditions().filter();
      Discards discards = Discards.of(scan);
      double share = subject.ownShare(scan);
      if (filter == null
          || !discards.areMost()
          || !subject.matters(share)
          || !subject.mayStopEarly(scan)) {
        return;
      }
      Double rows = subject.relation(scan).map(Relation::estimatedRows).orElse(null);
      String index = ValueIndex.of(TableScan.of(subject, scan));
      if (rows == null || index == null) {
        return;
      }
      double expectedShare = Misestimate.expected(scan) / Math.max(1, rows);
      if (expectedShare < Thresholds.MISESTIMATE_FACTOR * (1 - discards.share())) {
        return;
      }
      Misestimate misestimate =
          new Misestimate(
              scan,
              scan,
              Set.of(scan.pointer()),
              share,
              "read past %s others in the order of an index, although the index %s leads to these rows"
                  .formatted(Wording.count(discards.removed()), index));
      if (new Parameters(subject.plan()).in(filter)
          || MisestimateReason.of(misestimate, subject)
              instanceof MisestimateReason.StaleStatistics) {
        found.add(misestimate);
      }
    }

    /** A whole table that is read for few rows, although an index would lead to them. */
    private void seqScan(PlanNode scan) {
      double share = subject.ownShare(scan);
      boolean choseBadly =
          Discards.of(scan).areMost()
              && Misestimate.isTooHigh(scan)
              && !subject.mayStopEarly(scan)
              && subject.matters(share);
      String index = choseBadly ? ValueIndex.of(TableScan.of(subject, scan)) : null;
      if (index != null) {
        found.add(
            new Misestimate(
                scan,
                scan,
                Set.of(scan.pointer()),
                share,
                "read the whole table, although the index %s leads to these rows"
                    .formatted(index)));
      }
    }

    /** Where the error begins: the deepest node below whose rows were expected too few. */
    private static PlanNode lowest(PlanNode node) {
      if (node.target().relation() != null) {
        return node;
      }
      return PlanSubject.inputs(node).stream()
          .filter(Misestimate::isTooLow)
          .findFirst()
          .map(Search::lowest)
          .orElse(node);
    }
  }
}
