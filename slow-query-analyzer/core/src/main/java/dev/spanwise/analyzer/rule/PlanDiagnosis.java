package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of one plan.
 *
 * @param causes told apart: no two explain the same time, the one that explains most first
 * @param inconclusive by rule, what it would have needed; what no rule knows is by Spanwise
 * @param executionMs the time that the causes' shares are of; null where none was measured
 */
public record PlanDiagnosis(
    List<Cause> causes, Map<String, String> inconclusive, @Nullable Double executionMs) {

  /** Stands for a rule in what is inconclusive where there is none. */
  private static final String NO_RULE = "Spanwise";

  /** A rule that finds nothing to take a share of the time is not clear then. */
  private static final String NO_SHARES =
      "which node takes which share of the time: the plan has neither times nor costs (TIMING OFF and COSTS OFF)";

  private static final Comparator<Cause> LARGEST_SHARE_FIRST =
      Comparator.comparingDouble(Cause::timeShare).reversed();

  public PlanDiagnosis {
    causes = List.copyOf(causes);
    inconclusive = Map.copyOf(inconclusive);
  }

  /**
   * Examines a plan.
   *
   * @param catalogue the database's catalogue; null where no database was named
   */
  public static PlanDiagnosis of(Plan plan, @Nullable Catalogue catalogue) {
    PlanSubject subject = new PlanSubject(plan, catalogue);
    List<Cause> causes = new ArrayList<>();
    Set<Said> said = new HashSet<>();
    Map<String, String> inconclusive = new TreeMap<>();
    for (PlanRule rule : RuleCatalogue.PLAN_RULES) {
      Verdict verdict = rule.examine(subject);
      if (verdict instanceof Verdict.Found found) {
        found.causes().stream()
            .sorted(LARGEST_SHARE_FIRST)
            .filter(cause -> !leadsToSameIndex(cause, causes))
            .filter(cause -> isIndependent(cause, causes, subject))
            .filter(cause -> said.add(Said.by(cause)))
            .forEach(causes::add);
      } else if (verdict instanceof Verdict.Inconclusive unjudged) {
        inconclusive.put(rule.id(), unjudged.missing());
      }
    }
    subject
        .nodes(NodeType.OTHER)
        .filter(node -> PlanSubject.ran(node) && subject.matters(subject.ownShare(node)))
        .findFirst()
        .ifPresent(node -> inconclusive.put(NO_RULE, unknown(node, subject.ownShare(node))));
    if (plan.analyzed() && !subject.knowsShares()) {
      inconclusive.put(NO_RULE, NO_SHARES);
    }
    causes.sort(LARGEST_SHARE_FIRST);
    return new PlanDiagnosis(causes, inconclusive, subject.executionMs());
  }

  /** An extension's or a fork's node, and what it does elsewhere, such as on Citus' workers. */
  private static String unknown(PlanNode node, double share) {
    String provider = node.details().get("Custom Plan Provider");
    return "what %s did, a kind of node that no rule knows: it takes %s of the time"
        .formatted(
            provider == null ? node.typeName() : node.typeName() + " (" + provider + ")",
            Percent.of(share));
  }

  /** What a cause says, which is said once. */
  private record Said(String rule, @Nullable RelationName relation, Set<String> columns) {
    static Said by(Cause cause) {
      return new Said(cause.rule(), cause.relation(), cause.columns());
    }
  }

  /** Whether one of {@code earlier} leads to an index on the same scan, too. */
  private static boolean leadsToSameIndex(Cause cause, List<Cause> earlier) {
    return cause.remedy() instanceof Remedy.Index
        && earlier.stream()
            .anyMatch(other -> other.remedy() instanceof Remedy.Index && overlap(other, cause));
  }

  /** Whether what a cause explains beyond the causes {@code earlier} still explains slowness. */
  private static boolean isIndependent(Cause cause, List<Cause> earlier, PlanSubject subject) {
    Set<String> left = new HashSet<>(cause.explains());
    earlier.forEach(other -> left.removeAll(other.explains()));
    double compiled =
        earlier.stream()
            .filter(other -> other.explains().contains(Cause.COMPILATION))
            .mapToDouble(Cause::timeShare)
            .sum();
    boolean shares = left.size() < cause.explains().size();
    boolean ofNodes = subject.nodes().anyMatch(node -> left.contains(node.pointer()));
    return (!shares && (compiled == 0 || !ofNodes))
        || subject.ownShareOf(left) - compiled >= Thresholds.EXPLAINS_SHARE;
  }

  private static boolean overlap(Cause one, Cause other) {
    return sameScan(one.node(), other.node())
        || isAtOrBelow(one.node(), other.node())
        || isAtOrBelow(other.node(), one.node());
  }

  private static boolean isAtOrBelow(PlanNode node, PlanNode above) {
    String pointer = node.pointer();
    int length = above.pointer().length();
    return pointer.startsWith(above.pointer())
        && (pointer.length() == length || pointer.charAt(length) == '/');
  }

  private static boolean sameScan(PlanNode one, PlanNode other) {
    return one.target().alias() != null && one.target().equals(other.target());
  }
}
