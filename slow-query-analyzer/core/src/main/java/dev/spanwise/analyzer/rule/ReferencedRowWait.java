package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.plan.Trigger;
import java.util.List;
import java.util.Set;

/**
 * A trigger that checks that the row exists which a written one refers to. It finds that row by a
 * unique index and locks it: only the lock can take long.
 *
 * @param ms time in all its calls
 */
record ReferencedRowWait(PlanSubject subject, Trigger trigger, double ms) {

  boolean isLong() {
    return ms >= Thresholds.WAITED_MS * Math.max(1, trigger.calls()) && subject.matters(share());
  }

  private double share() {
    return subject.shareOfMs(ms);
  }

  /** Why it cannot be judged, of a trigger that may be another one. */
  String missing() {
    return "whether the trigger of %s, which took %s, waited for a row that is referred to: text output names the trigger with VERBOSE only"
        .formatted(constraint(), Wording.ms(ms));
  }

  private String constraint() {
    return RelationName.quoted(String.valueOf(trigger.constraint()));
  }

  /**
   * What the wait is.
   *
   * @param rule the rule's id
   */
  Cause cause(String rule, Remedy remedy) {
    PlanNode write = ForeignKeySide.writes(subject, trigger).get(0);
    RelationName relation = PlanSubject.relationName(write);
    String pointer = "/Triggers/" + subject.plan().triggers().indexOf(trigger);
    return new Cause(
        rule,
        relation,
        write,
        Set.of(pointer),
        "The %s %s waited %s for the row that it refers to"
            .formatted(
                ForeignKeySide.does(write, "Insert") ? "insert into" : "change of",
                relation,
                Wording.ms(ms)),
        "The foreign key %s locks the row that a new one refers to, and its check took %s in %s: another transaction had deleted that row, changed its key or locked it FOR UPDATE, and had not ended."
            .formatted(
                constraint(), Wording.ms(ms), Wording.count((double) trigger.calls(), "call")),
        List.of(
            Evidence.ms("time of the check", ms, pointer + "/Time"),
            Evidence.count("checks", (double) trigger.calls(), "{call}", pointer + "/Calls"),
            Evidence.share("share of the execution time", share(), pointer + "/Time")),
        share(),
        remedy);
  }
}
