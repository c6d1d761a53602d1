package dev.spanwise.analyzer.condition;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A condition of a plan node, as a value. */
public sealed interface Condition {

  /** The columns that it names. */
  Set<Operand.Column> columns();

  /** All of them hold. */
  record And(List<Condition> parts) implements Condition {
    public And {
      parts = List.copyOf(parts);
    }

    @Override
    public Set<Operand.Column> columns() {
      return union(parts);
    }
  }

  /** At least one of them holds. */
  record Or(List<Condition> parts) implements Condition {
    public Or {
      parts = List.copyOf(parts);
    }

    @Override
    public Set<Operand.Column> columns() {
      return union(parts);
    }
  }

  /**
   * Two operands and an operator, such as {@code =}, {@code >=} or {@code ~~} (LIKE).
   *
   * @param left left operand
   * @param operator operator as printed; {@code = ANY} for a comparison with an array's elements
   * @param right right operand
   */
  record Comparison(Operand left, String operator, Operand right) implements Condition {
    @Override
    public Set<Operand.Column> columns() {
      return Stream.of(left, right)
          .flatMap(operand -> operand.columns().stream())
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /** {@code IS NULL} or {@code IS NOT NULL}. */
  record NullTest(Operand operand, boolean isNull) implements Condition {
    @Override
    public Set<Operand.Column> columns() {
      return operand.columns();
    }
  }

  /** Anything else, such as a boolean column or a subplan. */
  record Other(Operand operand) implements Condition {
    @Override
    public Set<Operand.Column> columns() {
      return operand.columns();
    }
  }

  /** The parts of a conjunction, nested ones too; any other condition alone. */
  default List<Condition> conjuncts() {
    return this instanceof And and
        ? and.parts().stream().flatMap(part -> part.conjuncts().stream()).toList()
        : List.of(this);
  }

  private static Set<Operand.Column> union(List<Condition> parts) {
    return parts.stream()
        .flatMap(part -> part.columns().stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
