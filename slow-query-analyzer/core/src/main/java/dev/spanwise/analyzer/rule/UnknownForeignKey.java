package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.plan.Trigger;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A foreign key of which a plan shows the trigger, and no catalogue the columns.
 *
 * @param side the end of the key that the trigger looks after, as far as that is known
 * @param share of the execution time that its trigger takes
 */
record UnknownForeignKey(Trigger trigger, ForeignKeySide side, double share) {

  String name() {
    return Objects.requireNonNull(trigger.constraint());
  }

  /** Text output prints a constraint trigger of a user's in the same way. */
  private String inWords() {
    return trigger.name() == null
        ? "the constraint %s, if it is a foreign key,".formatted(name())
        : "the foreign key " + name();
  }

  /** Whether each search takes so long that none can have gone by an index. */
  boolean isSurelySlow() {
    return side == ForeignKeySide.REFERENCED && msOfACall() >= Thresholds.SEARCH_WITHOUT_INDEX_MS;
  }

  private double msOfACall() {
    return trigger.timeMs() == null || trigger.calls() <= 0
        ? 0
        : trigger.spentMs() / trigger.calls();
  }

  /**
   * What the trigger alone shows.
   *
   * @param rule the rule's id
   */
  Cause cause(String rule, PlanSubject subject) {
    String source = "/Triggers/" + subject.plan().triggers().indexOf(trigger);
    return new Cause(
        rule,
        null,
        subject.plan().root(),
        Set.of(),
        "Each removed row makes %s search for %s".formatted(inWords(), Wording.ms(msOfACall())),
        "PostgreSQL needs the rows that point to the row that goes or changes its key. An index on the key's columns finds them in a fraction of a millisecond: there seems to be none, unless each row takes thousands of others with it (ON DELETE CASCADE). The plan's nodes do not show that time; its triggers do.",
        List.of(
            Evidence.ms("time of the constraint's trigger", trigger.spentMs(), source + "/Time"),
            Evidence.count("searches", (double) trigger.calls(), "{call}", source + "/Calls"),
            Evidence.share("share of the execution time", share, source)),
        share,
        new Remedy.Step(
            Remedy.Kind.INVESTIGATE,
            "SELECT contype, conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '%s' shows the table and columns of a foreign key (contype f; t is a trigger of your own): create an index that begins with these columns, if there is none"
                .formatted(name().replace("'", "''")),
            "the plan does not say what the key's columns are: name a database"));
  }
}
