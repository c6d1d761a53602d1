package dev.spanwise.analyzer.condition;

import org.jspecify.annotations.Nullable;

/**
 * One element of a plan's {@code Sort Key}.
 *
 * @param operand what is sorted by
 * @param descending whether it is {@code DESC}
 * @param nullsFirst whether NULL comes first: the default of {@code DESC}
 */
public record SortKey(Operand operand, boolean descending, boolean nullsFirst) {

  /** Reads a key as EXPLAIN prints it, such as {@code t.executed_at DESC NULLS LAST}. */
  public static SortKey read(String printed) {
    String key = printed.strip();
    Boolean nullsFirst = null;
    if (key.endsWith(" NULLS FIRST")) {
      nullsFirst = true;
      key = without(key, " NULLS FIRST");
    } else if (key.endsWith(" NULLS LAST")) {
      nullsFirst = false;
      key = without(key, " NULLS LAST");
    }
    boolean descending = key.endsWith(" DESC");
    if (descending) {
      key = without(key, " DESC");
    }
    return new SortKey(
        ConditionReader.readOperand(key), descending, nullsFirst == null ? descending : nullsFirst);
  }

  /** The column's name where the key is a plain column; null otherwise. */
  public @Nullable String column() {
    return operand instanceof Operand.Column column ? column.name() : null;
  }

  private static String without(String key, String suffix) {
    return key.substring(0, key.length() - suffix.length()).strip();
  }
}
