package dev.spanwise.analyzer.condition;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One side of a comparison. */
public sealed interface Operand {

  /** The columns that it names. */
  Set<Column> columns();

  /**
   * A column.
   *
   * @param qualifier the relation's alias; null where the plan prints none
   * @param name column name, unquoted
   */
  record Column(@Nullable String qualifier, String name) implements Operand {
    @Override
    public Set<Column> columns() {
      return Set.of(this);
    }
  }

  /**
   * A column behind a cast, such as {@code (t.code)::text}.
   *
   * @param type the type cast to
   */
  record Cast(Column column, String type) implements Operand {
    @Override
    public Set<Column> columns() {
      return Set.of(column);
    }
  }

  /**
   * A literal, a parameter, or an expression of these alone.
   *
   * @param literal the value of a string or number; null where it is a parameter or computed. Of
   *     the statement: never to be shown
   * @param beginning what its text begins with: the literal itself, or the first part of a
   *     concatenation; null where that is not known. Never to be shown
   */
  record Constant(@Nullable String literal, @Nullable String beginning) implements Operand {

    /** A parameter, or a computed value of which nothing is known. */
    static final Constant UNKNOWN = new Constant(null, null);

    @Override
    public Set<Column> columns() {
      return Set.of();
    }
  }

  /**
   * Anything else: a function call, arithmetic, a subplan.
   *
   * @param function the function called, in lower case, also behind a cast; null where it is
   *     something else
   * @param text as printed, without the relations that columns are named with and without
   *     parentheses around it; literals included: never to be shown as it is
   */
  record Expression(Set<Column> columns, @Nullable String function, String text)
      implements Operand {
    public Expression {
      columns = Set.copyOf(columns);
    }

    /** Whether a subplan computes it, or part of it. */
    public boolean ofSubplan() {
      return text.contains("SubPlan ");
    }
  }
}
