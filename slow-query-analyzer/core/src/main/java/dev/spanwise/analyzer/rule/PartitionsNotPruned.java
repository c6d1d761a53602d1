package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.condition.Operand;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Most partitions of a table are read for nothing, since the condition hides their key from the
 * planner.
 */
final class PartitionsNotPruned implements PlanRule {

  private static final String SWITCH = "enable_partition_pruning";

  @Override
  public Verdict examine(PlanSubject subject) {
    List<PartitionScans> tables = subject.partitionScans();
    if (!subject.plan().analyzed()) {
      return tables.stream().anyMatch(table -> remedy(table).isPresent())
          ? new Verdict.Inconclusive(
              "partitions without rows: the plan was not executed (EXPLAIN without ANALYZE)")
          : new Verdict.Clear();
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
    Set<String> key = table.key();
    List<FilteredScan> scans =
        table.members().stream()
            .flatMap(
                member -> FilteredScan.of(TableScan.of(table.subject(), member.scan())).stream())
            .toList();
    if ("off".equals(table.subject().plan().settings().get(SWITCH))) {
      return scans.stream().anyMatch(scan -> comparisons(scan, key).findAny().isPresent())
          ? Optional.of(
              SessionSetting.step(
                  SWITCH, "on", "the setting is switched off where the statement was run"))
          : Optional.empty();
    }
    String where = key.isEmpty() ? " Where it is the partition key, the" : " The";
    return scans.stream()
        .flatMap(
            scan ->
                comparisons(scan, key)
                    .flatMap(comparison -> words(scan, comparison.operand()).stream()))
        .findFirst()
        .map(
            words ->
                FunctionRemedy.rewrite(
                    words + where + " planner then reads only the partitions that can hold it."));
  }

  /** The comparisons of the partition key; all where it is not known. */
  private static Stream<FilteredScan.Comparison> comparisons(FilteredScan scan, Set<String> key) {
    return scan.comparisons()
        .filter(FilteredScan.Comparison::isOrdered)
        .filter(
            comparison ->
                key.isEmpty()
                    || ExpressionIndex.columns(comparison.operand()).stream()
                        .anyMatch(key::contains));
  }

  private static Optional<String> words(FilteredScan scan, Operand operand) {
    if (operand instanceof Operand.Cast cast) {
      return ColumnCast.of(cast, scan.relation()) == ColumnCast.COMPUTES
          ? Optional.of(CastRemedy.words(cast))
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
            .formatted(
                Wording.count(barren),
                Wording.count(executed),
                table.table().map(found -> found.qualifiedName().toString()).orElse(table.alias()));
    String explanation =
        "They hold no row that the statement asks for, but the planner could not tell: it leaves a partition out only where the condition compares the partition key itself. That took %s of the time, and grows with each new partition."
            .formatted(Percent.of(table.barrenShare()));
    return new Cause(
        id(),
        table.table().map(Relation::qualifiedName).orElse(null),
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
