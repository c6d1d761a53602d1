package dev.spanwise.analyzer.catalogue;

import java.util.Set;

/**
 * The key words that cannot be a column's or a table's name without quotes in every release from 13
 * to 18. See <a href="https://www.postgresql.org/docs/current/sql-keywords-appendix.html">SQL Key
 * Words</a>.
 */
final class ReservedWords {

  private static final Set<String> WORDS =
      Set.of(
          ("all analyse analyze and any array as asc asymmetric authorization between binary both "
                  + "case cast check collate collation column concurrently constraint create cross "
                  + "current_catalog current_date current_role current_schema current_time "
                  + "current_timestamp current_user default deferrable desc distinct do else end "
                  + "except exists false fetch for foreign freeze from full grant group having "
                  + "ilike in initially inner intersect into is isnull join lateral leading left "
                  + "like limit localtime localtimestamp natural not notnull null offset on only or "
                  + "order outer overlaps placing primary references returning right select "
                  + "session_user similar some symmetric system_user table tablesample then to "
                  + "trailing true union unique user using variadic verbose when where window with")
              .split(" "));

  private ReservedWords() {}

  static boolean contains(String word) {
    return WORDS.contains(word);
  }
}
