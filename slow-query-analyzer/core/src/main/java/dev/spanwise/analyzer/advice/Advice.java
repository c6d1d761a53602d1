package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.RelationName;
import dev.spanwise.analyzer.rule.Remedy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do about one or more findings. Immutable.
 *
 * @param id the same for the same step in every run
 * @param kind what sort of step it is
 * @param statement runnable as it stands where the kind is DDL or a command; otherwise the step in
 *     words
 * @param relation the relation that it concerns; null where it concerns none
 * @param index the index to build; null for any other kind
 * @param indexBytes its size as built by the proof; null where it was not built
 * @param proof whether it was proved
 * @param findings ids of the findings that it answers
 * @param helps fingerprints of the statements whose plans become cheaper
 * @param harms fingerprints of the statements whose plans become dearer
 */
public record Advice(
    String id,
    Remedy.Kind kind,
    String statement,
    @Nullable RelationName relation,
    @Nullable IndexCandidate index,
    @Nullable Long indexBytes,
    Proof proof,
    List<String> findings,
    List<Long> helps,
    List<Long> harms) {

  public Advice {
    findings = List.copyOf(findings);
    helps = List.copyOf(helps);
    harms = List.copyOf(harms);
  }

  /** The same, as an answer to these findings. */
  Advice answering(List<String> ids) {
    return new Advice(id, kind, statement, relation, index, indexBytes, proof, ids, helps, harms);
  }
}
