package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;

/** A parallel plan runs with fewer workers than it was made for. */
final class WorkersNotLaunched implements PlanRule {

  private static final String LIMIT = "max_parallel_workers";

  /** What the leader loses of its own work for each worker that it serves (costsize.c). */
  private static final double LEADER_SERVES = 0.3;

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PlanNode> gathers = subject.nodes(NodeType.GATHER, NodeType.GATHER_MERGE).toList();
    if (!gathers.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "parallel workers launched: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        gathers.stream()
            .filter(PlanSubject::ran)
            .filter(gather -> subject.matters(saved(subject, gather)))
            .map(gather -> cause(subject, gather))
            .toList());
  }

  private static double workers(PlanNode gather, String field) {
    Double workers = gather.number(field);
    return workers == null ? 0 : workers;
  }

  /** Share of the execution time that the missing workers would have spared. */
  private static double saved(PlanSubject subject, PlanNode gather) {
    // Several starts launch workers each time, and print the last count or the sum.
    if (subject.repetitions(gather) > 1) {
      return 0;
    }
    double planned = workers(gather, "Workers Planned");
    double launched = workers(gather, "Workers Launched");
    return launched >= planned ? 0 : subject.share(gather) * (1 - power(launched) / power(planned));
  }

  /** Work that a leader and its workers do at once, in terms of one process alone. */
  private static double power(double workers) {
    return workers + Math.max(0, 1 - LEADER_SERVES * workers);
  }

  private Cause cause(PlanSubject subject, PlanNode gather) {
    double planned = workers(gather, "Workers Planned");
    double launched = workers(gather, "Workers Launched");
    double share = saved(subject, gather);
    String pointer = gather.pointer();
    String title =
        "%s of %s parallel workers were launched"
            .formatted(launched == 0 ? "None" : Wording.count(launched), Wording.count(planned));
    String explanation =
        "The plan was made for %s processes and ran with %s, so each had more to do: all of them would have spared about %s of the execution time. %s"
            .formatted(
                Wording.count(planned + 1),
                Wording.count(launched + 1),
                Percent.of(share),
                launched == 0
                    ? "Either no worker was free, or the statement was run through a cursor, as drivers do for a fetch size: that never launches workers."
                    : "Other statements held the rest of max_parallel_workers.");
    return new Cause(
        id(),
        null,
        gather,
        PlanSubject.pointers(gather),
        title,
        explanation,
        List.of(
            Evidence.count("workers planned", planned, "1", pointer + "/Workers Planned"),
            Evidence.count("workers launched", launched, "1", pointer + "/Workers Launched"),
            Evidence.share("share of the execution time", share, pointer + "/Actual Total Time")),
        share,
        remedy(subject.plan(), planned));
  }

  private static Remedy remedy(Plan plan, double planned) {
    String limit = plan.settings().get(LIMIT);
    if (limit != null
        && limit.chars().allMatch(Character::isDigit)
        && Double.parseDouble(limit) < planned) {
      return new Remedy.Step(
          Remedy.Kind.SET_PARAMETER,
          "ALTER ROLE CURRENT_USER RESET " + LIMIT,
          "how many workers are free is known only when a statement runs; it was set to %s, so find where (pg_db_role_setting, postgresql.conf or the connection), and run it as the role that sends the statement"
              .formatted(limit));
    }
    return new Remedy.Step(
        Remedy.Kind.INVESTIGATE,
        "Raise max_parallel_workers, and max_worker_processes with it, where processors are idle at that time; where they are not, lower max_parallel_workers_per_gather for the roles whose statements can wait. Where every call launches none, leave the fetch size off",
        "how many workers are free is known only when a statement runs");
  }
}
