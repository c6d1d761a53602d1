package dev.spanwise.analyzer.rule;

import java.util.regex.Pattern;

/** Whether a statement only reads, as far as its normalised text shows. */
final class ReadText {

  private static final Pattern READS = Pattern.compile("[(\\s]*(select|with|values|table)\\b");

  /**
   * What makes each call matter by itself: it writes, locks, waits, or draws a new value. No
   * literal can look like it, for the text has none.
   */
  private static final Pattern ACTS =
      Pattern.compile(
          "\\b(insert into|update \\S+ (as \\S+ )?set|delete from|merge into"
              + "|for (no key )?update|for (key )?share"
              + "|nextval|setval|lastval|random|gen_random_uuid|clock_timestamp|timeofday"
              + "|pg_sleep\\w*|pg_(try_)?advisory\\w+|pg_notify|txid_current\\w*|pg_current_xact_id\\w*)\\b");

  private ReadText() {}

  /** Whether calling it once more, with nothing written in between, brings the same answer. */
  static boolean isRepeatable(String text) {
    return READS.matcher(text).lookingAt() && !ACTS.matcher(text).find();
  }
}
