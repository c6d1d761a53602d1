package dev.spanwise.analyzer.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexCoverageTest {

  @Test
  void equalityColumnsInAnyOrderThenTheNext() {
    Index index = index(key("b"), key("a"), key("at"));
    assertThat(IndexCoverage.covers(index, Set.of("a", "b"), List.of(key("at")))).isTrue();
    assertThat(IndexCoverage.covers(index, Set.of("a"), List.of(key("at")))).isFalse();
    assertThat(IndexCoverage.covers(index, Set.of("a", "b", "c"), List.of())).isFalse();
  }

  @Test
  void aPrefixIsEnough() {
    assertThat(IndexCoverage.covers(index(key("a"), key("b")), Set.of("a"), List.of())).isTrue();
  }

  @Test
  void anOrderIsReadBothWaysButNotMixed() {
    Index mixed = index(key("a"), descending("b"));
    assertThat(IndexCoverage.covers(mixed, Set.of(), List.of(key("a"), descending("b")))).isTrue();
    assertThat(IndexCoverage.covers(mixed, Set.of(), List.of(descending("a"), key("b")))).isTrue();
    assertThat(IndexCoverage.covers(mixed, Set.of(), List.of(key("a"), key("b")))).isFalse();
  }

  @Test
  void anOperatorClassOfItsOwnHasAnOrderOfItsOwn() {
    Index index = index(new Index.Key("a", null, false, false, "text_pattern_ops"));
    assertThat(IndexCoverage.covers(index, Set.of("a"), List.of())).isTrue();
    assertThat(IndexCoverage.covers(index, Set.of(), List.of(key("a")))).isFalse();
  }

  @Test
  void partialInvalidAndOtherKindsCoverNothing() {
    List<Index.Key> keys = List.of(key("a"));
    assertThat(covers(new Index("i", "btree", keys, List.of(), "(b > 0)", false, true, 0, 0)))
        .isFalse();
    assertThat(covers(new Index("i", "btree", keys, List.of(), null, false, false, 0, 0)))
        .isFalse();
    assertThat(covers(new Index("i", "hash", keys, List.of(), null, false, true, 0, 0))).isFalse();
    assertThat(covers(new Index("i", "btree", keys, List.of(), null, false, true, 0, 0))).isTrue();
  }

  private static boolean covers(Index index) {
    return IndexCoverage.covers(index, Set.of("a"), List.of());
  }

  private static Index index(Index.Key... keys) {
    return new Index("i", "btree", Arrays.asList(keys), List.of(), null, false, true, 0, 0);
  }

  private static Index.Key key(String column) {
    return new Index.Key(column, null, false, false, null);
  }

  private static Index.Key descending(String column) {
    return new Index.Key(column, null, true, true, null);
  }
}
