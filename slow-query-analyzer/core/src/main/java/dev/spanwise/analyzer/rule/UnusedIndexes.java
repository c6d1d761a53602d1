package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Counters;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which indexes nobody would miss, as far as the server counted. */
final class UnusedIndexes {

  private UnusedIndexes() {}

  /** Whether an index has no scan for weeks, so that it is advised to be dropped. */
  static boolean contain(Catalogue catalogue, Relation relation, Index index) {
    Counters counters = catalogue.counters();
    return counters != null
        && tooShort(counters) == null
        && isUnscanned(relation, index)
        && isOld(index, counters);
  }

  /** Whether an index that only searches need has no scan, while its table is read. */
  static boolean isUnscanned(Relation relation, Index index) {
    return index.scans() == 0
        && index.bytes() >= Thresholds.UNUSED_BYTES
        && relation.kind() != Relation.Kind.PARTITIONED_TABLE
        && isForSearchesOnly(relation, index)
        && reads(relation) >= Thresholds.TELLING_READS;
  }

  /** How often a table was read by any way: one that nobody reads tells nothing of its indexes. */
  static long reads(Relation relation) {
    Activity activity = relation.activity();
    return (activity == null ? 0 : activity.tableScans())
        + relation.indexes().stream().mapToLong(Index::scans).sum();
  }

  /**
   * Whether nothing but searches needs an index. One on an expression gives the planner statistics
   * of that, without being scanned; one on a foreign key is scanned only when a referenced row
   * goes.
   */
  private static boolean isForSearchesOnly(Relation relation, Index index) {
    Index.State state = index.state();
    return index.valid()
        && !index.unique()
        && state.constraint() == null
        && !state.replicaIdentity()
        && !state.clustered()
        && !state.attached()
        && index.keys().stream().noneMatch(key -> key.expression() != null)
        && relation.foreignKeys().stream().noneMatch(key -> ForeignKeyIndexes.supports(index, key));
  }

  /** Why the counters say nothing yet; null where they do. */
  static @Nullable String tooShort(@Nullable Counters counters) {
    Duration age = counters == null ? null : counters.age();
    if (counters == null || age == null) {
      return "since when scans are counted is not known";
    }
    return age.toDays() < Thresholds.UNUSED_DAYS
        ? "scans are counted for %s days only, and some queries run once a month"
            .formatted(age.toDays())
        : null;
  }

  static boolean isOld(Index index, Counters counters) {
    Instant changed = index.state().changedAt();
    return changed == null
        || Duration.between(changed, counters.readAt()).toDays() >= Thresholds.UNUSED_DAYS;
  }
}
