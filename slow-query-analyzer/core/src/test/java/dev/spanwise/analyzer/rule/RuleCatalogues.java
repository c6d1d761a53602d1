package dev.spanwise.analyzer.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.catalogue.Activity;
import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Counters;
import dev.spanwise.analyzer.catalogue.ForeignKey;
import dev.spanwise.analyzer.catalogue.Index;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.catalogue.RelationName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Catalogues that tests make up; what real servers say is tested where they are read. */
final class RuleCatalogues {

  static final Instant READ_AT = Instant.parse("2026-03-01T12:00:00Z");
  static final long LARGE = 64L << 20;

  private RuleCatalogues() {}

  static Catalogue of(Relation... relations) {
    return counting(Duration.ofDays(100), relations);
  }

  /** A catalogue whose counters have counted for so long; null where that is not known. */
  static Catalogue counting(@Nullable Duration age, Relation... relations) {
    Counters counters = new Counters(READ_AT, age == null ? null : READ_AT.minus(age), false, 0);
    return new Catalogue(180_000, List.of(relations), counters, Map.of(), List.of());
  }

  /** A table that is read and written. */
  static Relation table(String name, List<ForeignKey> keys, Index... indexes) {
    return table(name, 300_000, 5_000, keys, indexes);
  }

  static Relation table(
      String name, double rows, long deletedRows, List<ForeignKey> keys, Index... indexes) {
    Activity activity = new Activity((long) rows, 0, 0, 0, deletedRows, 1_000, null, null);
    return new Relation(
        "public",
        name,
        Relation.Kind.TABLE,
        rows,
        LARGE,
        List.of(),
        List.of(indexes),
        activity,
        keys,
        List.of(),
        null,
        null);
  }

  static ForeignKey foreignKey(String name, String referenced, String... columns) {
    return new ForeignKey(name, List.of(columns), new RelationName("public", referenced), Set.of());
  }

  static Index btree(String name, String... columns) {
    return index(name, false, 0, Index.ORDINARY, columns);
  }

  static Index index(
      String name, boolean unique, long scans, Index.State state, String... columns) {
    return new Index(
        name, "btree", keys(columns), List.of(), null, unique, true, scans, LARGE, state);
  }

  static List<Index.Key> keys(String... columns) {
    return Arrays.stream(columns)
        .map(column -> new Index.Key(column, null, false, false, null))
        .toList();
  }

  static CatalogueCause onlyCause(CatalogueVerdict verdict) {
    assertThat(verdict).isInstanceOf(CatalogueVerdict.Found.class);
    List<CatalogueCause> causes = ((CatalogueVerdict.Found) verdict).causes();
    assertThat(causes).hasSize(1);
    return causes.get(0);
  }

  /** The statement of the step that a cause advises. */
  static String step(Remedy remedy) {
    assertThat(remedy).isInstanceOf(Remedy.Step.class);
    return ((Remedy.Step) remedy).statement();
  }
}
