package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.RelationName;
import java.util.List;

/**
 * What a rule saw in a catalogue. No statement shows what it costs.
 *
 * @param rule the rule's id
 * @param relation the relation that it concerns
 * @param object the index or constraint of that relation
 * @param title one line: what is so
 * @param explanation why that costs, in plain words
 * @param evidence the facts
 * @param remedy what helps
 */
record CatalogueCause(
    String rule,
    RelationName relation,
    String object,
    String title,
    String explanation,
    List<Evidence> evidence,
    Remedy remedy) {

  CatalogueCause {
    evidence = List.copyOf(evidence);
  }
}
