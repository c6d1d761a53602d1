package dev.spanwise.instrumentation.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatementEqualityTest {

  /** Each group: one statement as drivers, sanitizers and the server write it. */
  static Stream<List<String>> sameStatement() {
    return Stream.of(
        List.of(
            "SELECT * FROM t WHERE a = ? LIMIT ?",
            "select * from t where a=$1 limit $2",
            "SELECT * FROM t WHERE a=? LIMIT 10",
            "SELECT * FROM t WHERE a = %s LIMIT %s",
            "SELECT * FROM t WHERE a=%(a)s LIMIT %(n)s",
            "SELECT * FROM t WHERE a=:a LIMIT :n",
            "SELECT * FROM t WHERE a=@a LIMIT @n",
            "SELECT * FROM t WHERE a = ?1 LIMIT ?2",
            "SELECT * FROM \"t\" WHERE \"a\" = -1 LIMIT 1_000;",
            "SELECT * FROM T WHERE A=NULL LIMIT 0x1F",
            "SELECT * FROM t WHERE a=? LIMIT ?_000",
            "SELECT * FROM t WHERE a='it''s' LIMIT 1e10",
            "SELECT * FROM t WHERE a=E'it\\'s' LIMIT .5",
            "SELECT * FROM t WHERE a=E? LIMIT ?",
            "SELECT * FROM t WHERE a=U&'x' LIMIT 5.",
            "SELECT * FROM t WHERE a=U&? LIMIT 5.e-3",
            "SELECT * FROM t WHERE a=$a$ ' $$ $a$ LIMIT 1",
            "SELECT * FROM t WHERE a='x'\n'y' LIMIT 1",
            "SELECT * FROM t WHERE a='x' -- c\n LIMIT 1 /*traceparent='00-0af7-b7ad-01'*/",
            "/*+ IndexScan(t) */ SELECT * FROM t WHERE a=true LIMIT 1"),
        List.of(
            "select 1 from t where j ? 'a' and k = 1",
            "select $1 from t where j ? $2 and k = $3",
            "select ? from t where j ? ? and k = ?",
            "select ? from t where j ?? ? and k = ?",
            "select ? from t where j??? and k=?",
            "select ? from t where j ?? and k=?"),
        List.of("j ?| array['a','b']", "j ?| array[?]", "j ??| array[?, ?]", "j?|array[$1]"),
        List.of("j ?& $1", "j ??& ?", "j ?& '{a}'"),
        List.of("j @? '$.a'", "j @? ?", "j @?? ?", "j @? $1", "j@??"),
        List.of("j -> 'a' ->> 0 = 'x'", "j->?->>? = ?", "j -> $1 ->> $2 = $3"),
        List.of(
            "a in (1)",
            "a in(?,?,?)",
            "a IN ($1 /*, ... */)",
            "a in (null, -1, 'x', :p)",
            "a in (%s, %s)"),
        List.of("(a, b) in ((1, 2))", "(a, b) in ((?, ?), (?, ?), (?, ?))"),
        List.of("a in ('x'::uuid)", "a in ($1::uuid, $2::uuid)"),
        List.of(
            "insert into t values (1, now()), (2, now()), (3, now())",
            "insert into t values (?, now())",
            "insert into t values ($1, now()), ($2, now())"),
        List.of("a = any(array[1, 2])", "a = any(array[$1 /*, ... */])", "a = any(ARRAY [?])"),
        List.of("d >= date '2024-01-01'", "d >= DATE ?", "d >= date $1", "d>=date'x'"),
        List.of(
            "now() - interval '1 day' > d", "now() - interval ? > d", "now() - INTERVAL $1 > d"),
        List.of("interval '1' day", "interval ? day"),
        List.of("a != 1", "a <> ?"),
        List.of("a = +5", "a = + $1", "a = ?"),
        List.of("case when ? then -1 else null end", "case when true then $1 else 'x' end"),
        List.of("a is distinct from 1", "a is distinct from $1"),
        List.of("a %% 2 = 0", "a % 2 = 0", "a %% %s = %s"),
        List.of("select 1;", "select 2", "select 3;;", "; select 4 ; -- done"),
        List.of("a = 'cut of", "a = $tag$ cut", "a = E'cut\\'", "a = \"cut"),
        List.of("select \"foo\".\"bar_1\"", "select FOO.Bar_1"));
  }

  static Stream<List<String>> anotherStatement() {
    return Stream.of(
        List.of("select a from t", "select a from u", "select b from t", "select a, b from t"),
        List.of("select a, b", "select b, a"),
        List.of("a = 1", "a < 1", "a <= 1", "a <> 1", "a like 'x'", "a ~ 'x'"),
        List.of("order by a", "order by a asc", "order by a desc", "order by a desc nulls last"),
        List.of("\"Foo\"", "\"FOO\"", "foo", "\"foo bar\"", "\"foo\"\"bar\""),
        List.of("\"user\"", "user"),
        List.of("\"a,b\"", "\"a\",\"b\""),
        List.of(
            "a is null", "a is not null", "a is true", "a is not true", "a is false", "a = null"),
        List.of("a is distinct from null", "a is distinct from 1", "a is not distinct from null"),
        List.of("f()", "f(1)", "f(1, 2)", "f(1, 2, 3)", "f((1, 2))"),
        List.of("(a, b) in ((1, 2))", "(a, b) in ((1, 2, 3))", "(a, b) in (1, 2)"),
        List.of("a in (1)", "a in (b)", "a in (b, b)", "a in (1, b)", "a not in (1)", "a = 1"),
        List.of("a in (select 1, 1)", "a in (select 1)", "a in (select 1 order by 1, 1)"),
        List.of("values (1)", "values (1, 2)", "values (1), (1, 2)"),
        List.of("array[a]", "array[a, a]", "array[1]", "array[[1]]"),
        List.of("a[1]", "a[1][2]", "a[1:2]"),
        List.of("a - 1", "a -b", "- a", "a + 1"),
        List.of("a::int = 1", "a = 1", "a::text = 1"),
        List.of("date '2024-01-01'", "timestamp '2024-01-01'", "'2024-01-01'"),
        List.of("j ? 'a'", "j ?| 'a'", "j ?& 'a'", "j @> 'a'", "j -> 'a'", "j ->> 'a'"),
        List.of("order by 1, 2", "order by 1"),
        List.of("a int null", "a int not null", "a int default null"),
        List.of("on delete set null", "on delete set default"),
        List.of("select 1; select 2", "select 1"),
        List.of("straße", "strasse", "STRAẞE"));
  }

  @ParameterizedTest
  @MethodSource
  void sameStatement(List<String> forms) {
    Statement first = Statement.of(forms.get(0));
    for (String form : forms) {
      assertThat(Statement.of(form)).as(form).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @MethodSource
  void anotherStatement(List<String> statements) {
    assertThat(statements.stream().map(sql -> Statement.of(sql).fingerprint()))
        .doesNotHaveDuplicates();
    assertThat(statements.stream().map(sql -> Statement.of(sql).text())).doesNotHaveDuplicates();
  }
}
