package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.condition.Condition;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells a scan that reads one stretch of its b-tree, where each live entry is one that was asked
 * for, from one that passes others or begins again and again. See <a
 * href="https://www.postgresql.org/docs/current/indexes-multicolumn.html">Multicolumn Indexes</a>.
 */
final class IndexStretch {

  private static final Set<String> RANGES =
      Set.of("<", "<=", ">", ">=", "~<~", "~<=~", "~>~", "~>=~");

  private IndexStretch() {}

  /**
   * Whether an index scan asks for one value of each leading key, and for one value or range of the
   * key after them, and for nothing else; a scan without a condition reads the whole index, which
   * is one stretch too. False where the catalogue does not know the index.
   */
  static boolean isOne(PlanSubject subject, PlanNode scan) {
    return subject.relation(scan).stream()
        .flatMap(relation -> relation.indexes().stream())
        .filter(index -> index.name().equals(scan.target().index()))
        .anyMatch(index -> index.method().equals("btree") && isOne(subject, scan, index));
  }

  private static boolean isOne(PlanSubject subject, PlanNode scan, Index index) {
    String condition = scan.conditions().indexCondition();
    if (condition == null) {
      return true;
    }
    List<Condition> others = new ArrayList<>(subject.condition(condition).conjuncts());
    for (Index.Key key : index.keys()) {
      List<Condition> ofKey = others.stream().filter(part -> bounds(part, key)).toList();
      others.removeAll(ofKey);
      if (ofKey.stream().noneMatch(IndexStretch::isEquality)) {
        break;
      }
    }
    return others.isEmpty();
  }

  private static boolean bounds(Condition part, Index.Key key) {
    if (part instanceof Condition.NullTest test) {
      return ExpressionIndex.isKey(key, test.operand());
    }
    return part instanceof Condition.Comparison comparison
        && (isEquality(part) || RANGES.contains(comparison.operator()))
        && ExpressionIndex.isKey(key, comparison.left());
  }

  private static boolean isEquality(Condition part) {
    return part instanceof Condition.NullTest test
        ? test.isNull()
        : part instanceof Condition.Comparison comparison && comparison.operator().equals("=");
  }
}
