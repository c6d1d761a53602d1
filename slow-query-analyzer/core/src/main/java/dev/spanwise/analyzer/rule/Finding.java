package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.link.Link;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.workload.Query;
import dev.spanwise.analyzer.workload.RepeatedCalls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cause of slowness and whom it slows down. Immutable.
 *
 * @param id the same for the same cause in every run
 * @param rule the rule's id
 * @param severity how much it costs
 * @param query the query that it slows down; null for a plan without a workload
 * @param relation the relation that it concerns; null where it concerns none
 * @param title one line: what happens
 * @param explanation why that is slow, in plain words
 * @param savedMs wall time that its cure would save over the window; null where no calls were seen
 * @param evidence the facts
 * @param links the links of slow spans to the plans that show it, the slowest span first; empty
 *     where no plan shows it
 * @param plan the plan that shows it; null where the traces do
 * @param node the node of that plan; null likewise
 * @param requests the requests that it slows down, where these show it; null where calls do
 * @param remedy what helps most
 * @param alsoHelps what helps beside it
 */
public record Finding(
    String id,
    String rule,
    Severity severity,
    @Nullable Query query,
    @Nullable RelationName relation,
    String title,
    String explanation,
    @Nullable Double savedMs,
    List<Evidence> evidence,
    List<Link> links,
    @Nullable Plan plan,
    @Nullable PlanNode node,
    @Nullable Requests requests,
    Remedy remedy,
    List<Remedy> alsoHelps) {

  /**
   * The requests that a cause slows down.
   *
   * @param service service that answers them; null where it is not known
   * @param endpoint their route; null where it is not known
   * @param worst those that lost most time, worst first
   */
  public record Requests(
      @Nullable String service, @Nullable String endpoint, List<RepeatedCalls> worst) {
    public Requests {
      worst = List.copyOf(worst);
    }
  }

  public Finding {
    evidence = List.copyOf(evidence);
    links = List.copyOf(links);
    alsoHelps = List.copyOf(alsoHelps);
  }

  /**
   * The same, with another part of the time that its statement loses: what cures it cures {@code
   * other}, too.
   */
  public Finding curing(Finding other) {
    List<Evidence> facts = new ArrayList<>(evidence);
    facts.addAll(other.evidence);
    List<Remedy> helping = new ArrayList<>(alsoHelps);
    helping.addAll(other.alsoHelps);
    return new Finding(
        id,
        rule,
        severity.orWorse(other.severity),
        query,
        relation,
        title,
        explanation + " The same helps another part of the statement: " + other.explanation,
        savedMs == null ? null : savedMs + (other.savedMs == null ? 0 : other.savedMs),
        facts,
        links,
        plan,
        node,
        requests,
        remedy,
        helping);
  }

  /** The same, where what was to cure it was found not to: nobody knows what it costs. */
  public Finding withoutCure() {
    return new Finding(
        id,
        rule,
        severity.atLeast(Severity.LOW) ? Severity.LOW : severity,
        query,
        relation,
        title,
        explanation,
        null,
        evidence,
        links,
        plan,
        node,
        requests,
        remedy,
        alsoHelps);
  }

  /** A finding that one thing helps against. */
  public Finding(
      String id,
      String rule,
      Severity severity,
      @Nullable Query query,
      @Nullable RelationName relation,
      String title,
      String explanation,
      @Nullable Double savedMs,
      List<Evidence> evidence,
      List<Link> links,
      @Nullable Plan plan,
      @Nullable PlanNode node,
      Remedy remedy) {
    this(
        id,
        rule,
        severity,
        query,
        relation,
        title,
        explanation,
        savedMs,
        evidence,
        links,
        plan,
        node,
        null,
        remedy,
        List.of());
  }
}
