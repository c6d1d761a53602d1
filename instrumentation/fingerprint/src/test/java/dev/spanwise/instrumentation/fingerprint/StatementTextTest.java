package dev.spanwise.instrumentation.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '»',
      quoteCharacter = '~',
      nullValues = "",
      value = {
        "SELECT * FROM Orders WHERE Id=5; » select * from orders where id = $1",
        "select o.*,count( * ) from \"order\" o » select o.*, count(*) from \"order\" o",
        "insert into t(a,b) values(?, ?),(?,?)  » insert into t(a, b) values ($1, $2)",
        "select a[1],b[1:2],c[:n],d[x:] from t » select a[$1], b[$2: $3], c[: n], d[x:] from t",
        "select -x,- 5,a-5,a - -b, -(1) from t » select -x, $1, a - $2, a - -b, -($3) from t",
        "select x::numeric(10,2)::text from t » select x::numeric($1, $2)::text from t",
        "select 1 where d ?| array['a','b'] » select $1 where d ?| array[$2]",
        "a in(1,2) and (b,c) in((1,2),(3,4)) » a in ($1) and (b, c) in (($2, $3))",
        "select 1;; select 2 ; » select $1; select $2",
        "/*+ SeqScan(t) */ select/**/1--x » select $1",
        "a != 1 » a <> $1",
        "f(a => 1, b := 2) » f(a => $1, b := $2)",
        "{? = call f(?)} » { $1 = call f($2) }",
        "a = array[[1,2],[3,4]] » a = array[[$1]]",
        "a is null and b = null and c is not true and d = true "
            + "» a is null and b = $1 and c is not true and d = $2",
        "$2 = a and $1 = b » $1 = a and $2 = b",
        "update t set a = default, b = null » update t set a = default, b = $1",
        "a between ? and ? limit ? offset ? » a between $1 and $2 limit $3 offset $4",
        "fetch first ? rows only » fetch first $1 rows only",
        "now() - interval ? day » now() - interval $1 day",
        "U&\"d!0061t\" uescape '!' » u&\"d!0061t\" uescape $1",
        "~''~ » $1",
        "json_object('a' : :v) » json_object($1: $2)",
      })
  void readsWell(String sql, String text) {
    assertThat(Statement.of(sql).text()).isEqualTo(text);
    assertThat(Statement.of(text)).isEqualTo(Statement.of(sql));
  }
}
