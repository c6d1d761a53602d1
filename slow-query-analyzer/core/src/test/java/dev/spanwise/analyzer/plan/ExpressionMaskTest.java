package dev.spanwise.analyzer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionMaskTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          (status = 'new'::text)                          | (status = ?::text)
          (name = 'O''Brien, "x" 5'::text)                | (name = ?::text)
          (path = E'a\\'b\\\\'::text)                     | (path = ?::text)
          (path = 'ends in \\'::text) AND (b = 'x')       | (path = ?::text) AND (b = ?)
          (id = ANY ('{1,2,3}'::integer[]))               | (id = ANY (?::integer[]))
          (t1.col_2 >= 42)                                | (t1.col_2 >= ?)
          ((x + 1.5e-10) > '-5'::integer)                 | ((x + ?) > ?::integer)
          (x > -7)                                        | (x > -?)
          (x < .5)                                        | (x < ?)
          (at > '2024-01-01'::date)                       | (at > ?::date)
          (bits = B'1011'::"bit")                         | (bits = ?::"bit")
          (bytes = X'1F')                                 | (bytes = ?)
          (id = $1) AND (n < $23)                         | (id = $1) AND (n < $23)
          ("Order 66"."a""b'c" = 1)                       | ("Order 66"."a""b'c" = ?)
          (tags[1] <> 'x'::text)                          | (tags[?] <> ?::text)
          (active IS NOT TRUE) AND (deleted = true)       | (active IS NOT TRUE) AND (deleted = ?)
          (x IS NOT NULL)                                 | (x IS NOT NULL)
          (NOT (hashed SubPlan 12))                       | (NOT (hashed SubPlan 12))
          (amount > (InitPlan 3).col1)                    | (amount > (InitPlan 3).col1)
          (data ->> 'ssn'::text)                          | (data ->> ?::text)
          (body = $tag$it's 5$tag$)                       | (body = ?)
          (cut = 'no end                                  | (cut = ?
          (größe2 = 7)                                    | (größe2 = ?)
          (h = 0xFF) AND (n = 1_000)                      | (h = ?) AND (n = ?)
          """)
  void leavesNoLiteral(String expression, String masked) {
    assertThat(ExpressionMask.of(expression)).isEqualTo(masked);
  }
}
