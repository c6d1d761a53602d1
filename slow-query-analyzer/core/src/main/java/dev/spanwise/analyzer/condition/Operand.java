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

  /** A literal, a parameter, or an expression of these alone. */
  record Constant() implements Operand {
    @Override
    public Set<Column> columns() {
      return Set.of();
    }
  }

  /** Anything else: a function call, arithmetic, a subplan. */
  record Expression(Set<Column> columns) implements Operand {
    public Expression {
      columns = Set.copyOf(columns);
    }
  }
}
