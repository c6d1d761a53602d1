package dev.spanwise.analyzer.rule;

import java.util.List;

/** What a rule says of a catalogue. */
sealed interface CatalogueVerdict {

  /**
   * The rule's observation holds.
   *
   * @param causes the one that matters most first
   */
  record Found(List<CatalogueCause> causes) implements CatalogueVerdict {
    public Found {
      causes = List.copyOf(causes);
      if (causes.isEmpty()) {
        throw new IllegalArgumentException("causes is empty");
      }
    }
  }

  /** The rule looked, and its observation does not hold. */
  record Clear() implements CatalogueVerdict {}

  /**
   * The rule could not judge.
   *
   * @param missing what it would have needed, in words
   */
  record Inconclusive(String missing) implements CatalogueVerdict {}

  /** Found where there are causes, clear where there are none. */
  static CatalogueVerdict of(List<CatalogueCause> causes) {
    return causes.isEmpty() ? new Clear() : new Found(causes);
  }
}
