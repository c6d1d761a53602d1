package dev.spanwise.analyzer.condition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortKeyTest {

  @ParameterizedTest
  @CsvSource({
    "t.at, at, false, false",
    "t.at DESC, at, true, true",
    "t.at DESC NULLS LAST, at, true, false",
    "t.at NULLS FIRST, at, false, true",
    "t.\"At DESC\", At DESC, false, false",
    "lower(t.name) DESC, , true, true",
    "(t.a + t.b), , false, false"
  })
  void readsColumnAndDirection(
      String printed, String column, boolean descending, boolean nullsFirst) {
    SortKey key = SortKey.read(printed);
    assertThat(key.column()).isEqualTo(column);
    assertThat(key.descending()).isEqualTo(descending);
    assertThat(key.nullsFirst()).isEqualTo(nullsFirst);
  }
}
