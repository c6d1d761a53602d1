package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.condition.ConditionReader;
import dev.spanwise.analyzer.condition.Operand;
import dev.spanwise.analyzer.plan.PlanNode;
import java.util.List;
import java.util.Optional;

/**
 * Most partitions of a table are read for nothing, since the condition hides their key from the
 * planner.
 */
final class PartitionsNotPruned implements PlanRule {

  private static final String SWITCH = "enable_partition_pruning";

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PartitionScans> tables =
        PartitionScans.of(subject).filter(table -> remedy(table).isPresent()).toList();
    if (!tables.isEmpty() && !subject.plan().analyzed()) {
      return new Verdict.Inconclusive(
          "partitions without rows: the plan was not executed (EXPLAIN without ANALYZE)");
    }
    return Verdict.of(
        tables.stream()
            .filter(PartitionsNotPruned::isWasteful)
            .flatMap(table -> remedy(table).map(remedy -> cause(table, remedy)).stream())
            .toList());
  }

  private static boolean isWasteful(PartitionScans table) {
    int barren = table.barren().size();
    return barren >= Thresholds.BARREN_PARTITIONS
        && barren >= Thresholds.BARREN_PARTITIONS_SHARE * table.executed().size()
        && table.barrenShare() >= Thresholds.EXPLAINS_SHARE;
  }

  /** What lets the planner leave partitions out; empty where the condition asks for all of them. */
  private static Optional<Remedy.Step> remedy(PartitionScans table) {
    if ("off".equals(table.subject().plan().settings().get(SWITCH))) {
      return Optional.of(
          new Remedy.Step(
              Remedy.Kind.SET_PARAMETER,
              "ALTER ROLE CURRENT_USER SET %s = on".formatted(SWITCH),
              "the setting is switched off where the statement was run; the role that runs it has to run this"));
    }
    return table.members().stream()
        .map(PartitionScans.Member::scan)
        .flatMap(scan -> hidden(table.subject(), scan).stream())
        .findFirst()
        .map(
            words ->
                FunctionRemedy.rewrite(
                    words + " The planner then reads only the partitions of that range."));
  }

  /** How to compare a column itself that a condition on a partition hides. */
  private static Optional<String> hidden(PlanSubject subject, PlanNode scan) {
    String filter = scan.conditions().filter();
    if (filter == null) {
      return Optional.empty();
    }
    FilteredScan filtered =
        new FilteredScan(
            subject,
            scan,
            ConditionReader.read(filter).conjuncts(),
            subject.relation(scan).orElse(null));
    return filtered
        .comparisons()
        .filter(FilteredScan.Comparison::isOrdered)
        .flatMap(comparison -> words(filtered, comparison.operand()).stream())
        .findFirst();
  }

  private static Optional<String> words(FilteredScan scan, Operand operand) {
    if (operand instanceof Operand.Cast cast) {
      return ColumnCast.of(cast, scan.relation()) == ColumnCast.COMPUTES
          ? Optional.of(CastHidesColumn.words(cast))
          : Optional.empty();
    }
    return operand instanceof Operand.Expression expression
        ? Optional.ofNullable(FunctionRemedy.rewritten(expression))
        : Optional.empty();
  }

  private Cause cause(PartitionScans table, Remedy.Step remedy) {
    int barren = table.barren().size();
    int executed = table.executed().size();
    String pointer = table.append().pointer();
    String title =
        "%s of %s partitions of %s are read for nothing"
            .formatted(Wording.count(barren), Wording.count(executed), table.alias());
    String explanation =
        "They hold no row that the statement asks for, but the planner could not tell: it leaves a partition out only where the condition compares the partition key itself. That took %s of the time, and grows with each new partition."
            .formatted(Percent.of(table.barrenShare()));
    return new Cause(
        id(),
        null,
        table.append(),
        PlanSubject.pointers(table.append()),
        title,
        explanation,
        List.of(
            Evidence.count("partitions read", executed, "1", pointer + "/Plans"),
            Evidence.count("partitions without a row", barren, "1", pointer + "/Plans"),
            Evidence.share("share of the execution time", table.barrenShare(), pointer + "/Plans")),
        table.barrenShare(),
        remedy);
  }
}
