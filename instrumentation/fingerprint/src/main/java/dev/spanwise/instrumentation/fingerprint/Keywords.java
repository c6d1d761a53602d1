package dev.spanwise.instrumentation.fingerprint;

import java.util.Arrays;

/**
 * The words that the lexer must know: what may follow them decides whether {@code ?} is a parameter
 * and {@code -} a sign. Every word that PostgreSQL does not take for a plain name is here, so that
 * a quoted {@code "user"} stays apart from {@code user}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-keywords-appendix.html">SQL Key
 *     Words</a>
 */
final class Keywords {

  /** The word is in the table: as a name it keeps its quotes. */
  static final int KEYWORD = 1;

  /** Cannot begin an operand. */
  static final int CLAUSE = 1 << 1;

  /** An operand follows: {@code -} is a sign, {@code ?} a parameter, {@code TRUE} a literal. */
  static final int OPERAND_FOLLOWS = 1 << 2;

  /** As a name it ends an operand, but a {@code ?} after it is a parameter: {@code DATE ?}. */
  static final int PARAMETER_FOLLOWS = 1 << 3;

  /** {@code NULL} after it is part of the syntax: {@code IS NULL}, {@code ON NULL}. */
  static final int KEEPS_NULL = 1 << 4;

  static final int NULL = 1 << 5;
  static final int BOOLEAN = 1 << 6;
  static final int IS = 1 << 7;
  static final int NOT = 1 << 8;
  static final int IN = 1 << 9;
  static final int VALUES = 1 << 10;
  static final int ARRAY = 1 << 11;

  /** Begins a query: the parenthesis around it holds no list. */
  static final int QUERY = 1 << 12;

  private static final int SLOTS = 1024;
  private static final char[][] WORDS = new char[SLOTS][];
  private static final int[] ROLES = new int[SLOTS];
  private static final int LONGEST;

  static {
    add(
        CLAUSE,
        """
        analyse analyze as asc asymmetric authorization between binary both check collate collation
        column concurrently constraint create cross deferrable desc do end except fetch for foreign
        freeze from full grant group having ilike in initially inner intersect into is isnull join
        lateral leading left like limit natural notnull offset on only or and order outer overlaps
        placing primary references returning right select similar symmetric table tablesample then
        to trailing union unique using values variadic verbose when where window with by escape
        over""");
    add(
        OPERAND_FOLLOWS,
        """
        all and any asymmetric between both by case default distinct else fetch for from having
        ilike in into is leading like limit not offset on or overlaps placing returning select some
        symmetric then to trailing using variadic when where""");
    add(
        PARAMETER_FOLLOWS,
        """
        as date time timetz timestamp timestamptz interval zone escape first next rows range groups
        content document password until""");
    add(KEEPS_NULL, "is not on from");
    add(NULL, "null");
    add(BOOLEAN, "true false");
    add(IS, "is");
    add(NOT, "not");
    add(IN, "in");
    add(VALUES, "values");
    add(ARRAY, "array");
    add(QUERY, "select with values table");
    add(
        KEYWORD,
        """
        cast current_catalog current_date current_role current_schema current_time current_timestamp
        current_user localtime localtimestamp session_user system_user user
        bigint bit boolean char character coalesce dec decimal exists extract float greatest
        grouping inout int integer json json_array json_arrayagg json_exists json_object
        json_objectagg json_query json_scalar json_serialize json_table json_value least
        merge_action national nchar none normalize nullif numeric out overlay position precision
        real row setof smallint substring treat trim varchar xmlattributes xmlconcat xmlelement
        xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable""");
    int longest = 0;
    for (char[] word : WORDS) {
      longest = word == null ? longest : Math.max(longest, word.length);
    }
    LONGEST = longest;
  }

  private Keywords() {}

  /** The roles of the word in {@code text} in any letter case, 0 for a plain name. */
  static int rolesOf(char[] text, int start, int end) {
    if (end - start > LONGEST || end - start < 2) {
      return 0;
    }
    int hash = 0;
    for (int index = start; index < end; index++) {
      hash = 31 * hash + Characters.fold(text[index]);
    }
    int slot = slotOf(hash);
    while (WORDS[slot] != null) {
      if (equalsFolded(WORDS[slot], text, start, end)) {
        return ROLES[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return 0;
  }

  private static void add(int role, String words) {
    for (String word : words.split("\\s+", -1)) {
      char[] characters = word.toCharArray();
      int slot = slotOf(word.hashCode());
      while (WORDS[slot] != null && !Arrays.equals(WORDS[slot], characters)) {
        slot = (slot + 1) & (SLOTS - 1);
      }
      WORDS[slot] = characters;
      ROLES[slot] |= role | KEYWORD;
    }
  }

  private static int slotOf(int hash) {
    return (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (SLOTS - 1);
  }

  private static boolean equalsFolded(char[] word, char[] text, int start, int end) {
    if (word.length != end - start) {
      return false;
    }
    for (int index = 0; index < word.length; index++) {
      if (word[index] != Characters.fold(text[start + index])) {
        return false;
      }
    }
    return true;
  }
}
