package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Counters;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An index that no query has scanned for weeks costs every write. */
final class IndexIsUnused implements CatalogueRule {

  private record Unscanned(Relation relation, Index index) {}

  @Override
  public CatalogueVerdict examine(Catalogue catalogue) {
    List<Unscanned> unscanned = new ArrayList<>();
    for (Relation relation : catalogue.relations()) {
      relation.indexes().stream()
          .filter(index -> UnusedIndexes.isUnscanned(relation, index))
          .forEach(index -> unscanned.add(new Unscanned(relation, index)));
    }
    if (unscanned.isEmpty()) {
      return new CatalogueVerdict.Clear();
    }
    Counters counters = catalogue.counters();
    String tooShort = UnusedIndexes.tooShort(counters);
    if (counters == null || tooShort != null) {
      return new CatalogueVerdict.Inconclusive(
          "whether %s without a scan %s needed: %s"
              .formatted(
                  unscanned.size() == 1 ? "the index" : unscanned.size() + " indexes",
                  unscanned.size() == 1 ? "is" : "are",
                  tooShort));
    }
    return CatalogueVerdict.of(
        unscanned.stream()
            .filter(one -> UnusedIndexes.isOld(one.index(), counters))
            .sorted(Comparator.comparingLong((Unscanned one) -> one.index().bytes()).reversed())
            .map(one -> cause(one, counters))
            .toList());
  }

  private CatalogueCause cause(Unscanned unscanned, Counters counters) {
    Relation relation = unscanned.relation();
    Index index = unscanned.index();
    Duration age = counters.age();
    long days = age == null ? 0 : age.toDays();
    List<Evidence> evidence =
        List.of(
            Evidence.count(
                "scans", (double) index.scans(), "{scan}", "pg_stat_all_indexes.idx_scan"),
            new Evidence(
                "counted since",
                String.valueOf(counters.since()),
                "1",
                "pg_stat_database.stats_reset, pg_stat_bgwriter.stats_reset"),
            Evidence.count(
                "reads of the table by other ways",
                (double) UnusedIndexes.reads(relation),
                "{scan}",
                "pg_stat_all_tables, pg_stat_all_indexes"),
            new Evidence("size", index.bytes(), "By", "pg_relation_size"));
    return new CatalogueCause(
        id(),
        relation.qualifiedName(),
        index.name(),
        "The index %s on %s has not been scanned for %s days"
            .formatted(index.name(), relation.qualifiedName(), days),
        "Each write keeps it up, and it takes room in memory and in backups. "
            + elsewhere(counters)
            + young(index),
        evidence,
        DropIndex.step(relation, index));
  }

  private static String elsewhere(Counters counters) {
    if (counters.standby()) {
      return "These are the counters of a standby: look at those of the primary and of every other standby before it is dropped.";
    }
    return counters.standbys() == 0
        ? "What standbys scan is counted there: no standby streams from this server now."
        : "What standbys scan is counted there and not seen here: look at %s before it is dropped."
            .formatted(
                counters.standbys() == 1
                    ? "the one that streams from this server"
                    : "the " + counters.standbys() + " that stream from this server");
  }

  private static String young(Index index) {
    return index.state().changedAt() == null
        ? " PostgreSQL does not say when an index was made: make sure that it is older."
        : "";
  }
}
