package dev.spanwise.analyzer.catalogue;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A relation's name, unquoted.
 *
 * @param schema null where the plan does not print it (without VERBOSE)
 * @param name the relation
 */
public record RelationName(@Nullable String schema, String name) {

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

  /** As SQL writes it: {@code public.positions}, {@code public."Order Items"}. */
  @Override
  public String toString() {
    return schema == null ? quoted(name) : quoted(schema) + "." + quoted(name);
  }

  /**
   * An identifier as SQL writes it, in quotes where it needs them or where it might be a key word.
   */
  public static String quoted(String identifier) {
    boolean plain =
        PLAIN.matcher(identifier).matches()
            && !ReservedWords.contains(identifier.toLowerCase(Locale.ROOT));
    return plain ? identifier : '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
