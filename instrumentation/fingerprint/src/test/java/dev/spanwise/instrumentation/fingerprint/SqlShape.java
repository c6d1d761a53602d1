package dev.spanwise.instrumentation.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A statement's shape, which can be written in many ways; every literal has {@link #SECRET}. */
record SqlShape(List<Piece> pieces) {

  static final String SECRET = "s3cr3t";

  private static final List<String> BLANKS =
      List.of(
          " ", "\n", "\t ", " /* " + SECRET + " /* nested */ 'x */ ", " -- it's " + SECRET + "\n");

  sealed interface Piece {}

  /** Keywords, unquoted names, operators and punctuation, each separated by one blank. */
  record Words(String text) implements Piece {}

  /** A quoted name, whose letter case counts. */
  record Quoted(String text) implements Piece {}

  /** A literal or parameter; {@code text}: of a type that is written as a string. */
  record Value(boolean text) implements Piece {}

  /** Elements between commas, written once or more often. */
  record Repeated(List<Piece> element) implements Piece {}

  static Arbitrary<SqlShape> arbitrary() {
    Arbitrary<List<Piece>> select =
        Combinators.combine(
                column().list().ofMinSize(1).ofMaxSize(3),
                table(),
                predicate().list().ofMaxSize(3),
                column().optional(),
                Arbitraries.of("asc", "desc"),
                Arbitraries.of(true, false))
            .as(
                (columns, table, predicates, order, direction, limit) -> {
                  List<Piece> pieces = new ArrayList<>(List.of(new Words("select")));
                  for (int index = 0; index < columns.size(); index++) {
                    pieces.addAll(index == 0 ? List.of() : List.of(new Words(",")));
                    pieces.add(columns.get(index));
                  }
                  pieces.addAll(List.of(new Words("from"), table));
                  for (int index = 0; index < predicates.size(); index++) {
                    pieces.add(new Words(index == 0 ? "where" : "and"));
                    pieces.addAll(predicates.get(index));
                  }
                  order.ifPresent(
                      column ->
                          pieces.addAll(
                              List.of(new Words("order by"), column, new Words(direction))));
                  if (limit) {
                    pieces.addAll(List.of(new Words("limit"), new Value(false)));
                  }
                  return pieces;
                });
    Arbitrary<List<Piece>> insert =
        Combinators.combine(table(), Arbitraries.integers().between(1, 4))
            .as(
                (table, width) -> {
                  List<Piece> row = new ArrayList<>(List.of(new Words("(")));
                  for (int index = 0; index < width; index++) {
                    row.addAll(index == 0 ? List.of() : List.of(new Words(",")));
                    row.add(new Value(false));
                  }
                  row.add(new Words(")"));
                  return List.of(
                      new Words("insert into"), table, new Words("values"), new Repeated(row));
                });
    return Arbitraries.oneOf(select, insert).map(SqlShape::new);
  }

  private static Arbitrary<Piece> table() {
    return Arbitraries.of(
        new Words("orders"), new Words("customer c"), new Words("a . b"), new Quoted("\"Order\""));
  }

  private static Arbitrary<Piece> column() {
    return Arbitraries.of(
        new Words("id"),
        new Words("c . total"),
        new Words("données"),
        new Words("count ( * )"),
        new Words("current_date"),
        new Words("data -> a"),
        new Words("payload :: jsonb"),
        new Quoted("\"Id\""),
        new Quoted("\"user\""),
        new Quoted("\"a\"\"B\""),
        new Quoted("U&\"d\\0061t\""));
  }

  private static Arbitrary<List<Piece>> predicate() {
    Value any = new Value(false);
    Value text = new Value(true);
    Arbitrary<List<Piece>> tail =
        Arbitraries.of(
            List.of(new Words("= any ( array ["), new Repeated(List.of(any)), new Words("] )")),
            List.of(new Words("in ("), new Repeated(List.of(any)), new Words(")")),
            List.of(new Words("not in ("), new Repeated(List.of(any)), new Words(")")),
            List.of(
                new Words("in ("),
                new Repeated(List.of(text, new Words(":: uuid"))),
                new Words(")")),
            List.of(
                new Words("in ("),
                new Repeated(List.of(new Words("("), any, new Words(","), any, new Words(")"))),
                new Words(")")),
            List.of(new Words("between"), any, new Words("and"), any),
            List.of(new Words("= f ("), any, new Words(")")),
            List.of(new Words("= f ("), any, new Words(","), any, new Words(")")),
            List.of(new Words("> date"), text),
            List.of(new Words("> now ( ) - interval"), text),
            List.of(new Words("?"), text),
            List.of(new Words("is distinct from"), text),
            List.of(new Words("is null")),
            List.of(new Words("is not null")),
            List.of(new Words("is true")),
            List.of(new Words("is not true")));
    Arbitrary<List<Piece>> comparison =
        Arbitraries.of("=", "<>", "<", ">=", "like", "ilike", "~*", "@>", "||", "- 1 +", "%", "&&")
            .map(operator -> List.of(new Words(operator), any));
    return Combinators.combine(column(), Arbitraries.oneOf(tail, comparison))
        .as(
            (column, rest) -> {
              List<Piece> pieces = new ArrayList<>(List.of(column));
              pieces.addAll(rest);
              return pieces;
            });
  }

  /** One of the ways to write this shape. */
  String write(Random random) {
    StringBuilder sql = new StringBuilder();
    write(pieces, random, sql);
    return sql.append(random.nextBoolean() ? " ;\n" : "").toString();
  }

  private static void write(List<Piece> pieces, Random random, StringBuilder sql) {
    for (Piece piece : pieces) {
      if (piece instanceof Words words) {
        for (String word : words.text().split(" ", -1)) {
          sql.append(random.nextBoolean() ? asciiUpperCase(word) : word);
          sql.append(pick(BLANKS, random));
        }
      } else if (piece instanceof Quoted quoted) {
        sql.append(quoted.text()).append(pick(BLANKS, random));
      } else if (piece instanceof Value value) {
        sql.append(literal(value.text(), random)).append(pick(BLANKS, random));
      } else if (piece instanceof Repeated repeated) {
        int count = 1 + random.nextInt(4);
        for (int index = 0; index < count; index++) {
          sql.append(index == 0 ? "" : ",");
          write(repeated.element(), random, sql);
        }
      }
    }
  }

  private static String asciiUpperCase(String word) {
    return word.chars()
        .map(character -> character < 128 ? Character.toUpperCase(character) : character)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String literal(boolean text, Random random) {
    String number = String.valueOf(random.nextInt(1_000_000));
    List<String> texts =
        List.of(
            "?",
            "$" + number,
            "%s",
            "%(name)s",
            ":name",
            "'" + SECRET + "'",
            "'it''s " + SECRET + " ? $1 -- /*'",
            "'" + SECRET + "'\n  '" + SECRET + "'",
            "E'\\'" + SECRET + "\\\\'",
            "U&'\\0061" + SECRET + "'",
            "n'" + SECRET + "'",
            "$$it's " + SECRET + "$$",
            "$q1$ " + SECRET + " $q$ $$ $q1$");
    List<String> others =
        List.of(
            number,
            "-" + number,
            "- " + number + ".5",
            "+" + number + "e-10",
            "." + number,
            number + ".",
            "1_000_" + number,
            "0x1F" + number,
            "0b101",
            "TRUE",
            "false",
            "Null",
            "B'101'",
            "x'1F" + SECRET + "'",
            "@p" + number);
    return pick(text || random.nextBoolean() ? texts : others, random);
  }

  private static String pick(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
