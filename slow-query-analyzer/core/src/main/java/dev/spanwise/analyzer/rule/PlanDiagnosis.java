package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say of one plan.
 *
 * @param causes told apart: no two explain the same time, the one that explains most first
 * @param inconclusive by rule, what it would have needed; what no rule knows is by Spanwise
 */
public record PlanDiagnosis(List<Cause> causes, Map<String, String> inconclusive) {

  /** Stands for a rule in what is inconclusive where there is none. */
  private static final String NO_RULE = "Spanwise";

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
    Map<String, String> inconclusive = new TreeMap<>();
    for (PlanRule rule : RuleCatalogue.PLAN_RULES) {
      Verdict verdict = rule.examine(subject);
      if (verdict instanceof Verdict.Found found) {
        found.causes().stream()
            .sorted(LARGEST_SHARE_FIRST)
            .filter(cause -> isNew(cause, causes) && isIndependent(cause, causes, subject))
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
    causes.sort(LARGEST_SHARE_FIRST);
    return new PlanDiagnosis(causes, inconclusive);
  }

  /** An extension's or a fork's node, and what it does elsewhere, such as on Citus' workers. */
  private static String unknown(PlanNode node, double share) {
    String provider = node.details().get("Custom Plan Provider");
    return "what %s did, a kind of node that no rule knows: it takes %s of the time"
        .formatted(
            provider == null ? node.typeName() : node.typeName() + " (" + provider + ")",
            Percent.of(share));
  }

  /**
   * Whether none of {@code earlier} says the same of the same relation, or leads to an index on the
   * same scan.
   */
  private static boolean isNew(Cause cause, List<Cause> earlier) {
    return earlier.stream()
        .noneMatch(
            other ->
                saysTheSame(other, cause)
                    || (cause.remedy() instanceof Remedy.Index
                        && other.remedy() instanceof Remedy.Index
                        && overlap(other, cause)));
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

  private static boolean saysTheSame(Cause one, Cause other) {
    return one.rule().equals(other.rule())
        && Objects.equals(one.relation(), other.relation())
        && one.columns().equals(other.columns());
  }

  private static boolean overlap(Cause one, Cause other) {
    return sameScan(one.node(), other.node())
        || one.node().nodes().anyMatch(node -> node.pointer().equals(other.node().pointer()))
        || other.node().nodes().anyMatch(node -> node.pointer().equals(one.node().pointer()));
  }

  private static boolean sameScan(PlanNode one, PlanNode other) {
    return one.target().alias() != null && one.target().equals(other.target());
  }
}
