package dev.spanwise.analyzer.rule;

import dev.spanwise.analyzer.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rules say of a catalogue: low findings, for no statement shows what they cost.
 *
 * @param notes what could not be judged, and how much was left out, in words
 */
record CatalogueDiagnosis(List<Finding> findings, List<String> notes) {

  CatalogueDiagnosis {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  /**
   * Examines a catalogue.
   *
   * @param known findings of statements: what one of them says is not said again
   */
  static CatalogueDiagnosis of(Catalogue catalogue, List<Finding> known) {
    List<Finding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (CatalogueRule rule : RuleCatalogue.CATALOGUE_RULES) {
      CatalogueVerdict verdict = rule.examine(catalogue);
      if (verdict instanceof CatalogueVerdict.Found found) {
        List<CatalogueCause> causes =
            found.causes().stream().filter(cause -> isNew(cause, known)).toList();
        causes.stream()
            .limit(Thresholds.CATALOGUE_FINDINGS)
            .map(CatalogueDiagnosis::finding)
            .forEach(findings::add);
        if (causes.size() > Thresholds.CATALOGUE_FINDINGS) {
          int more = causes.size() - Thresholds.CATALOGUE_FINDINGS;
          notes.add(rule.id() + " holds in " + Wording.count(more, "more case") + ", not shown");
        }
      } else if (verdict instanceof CatalogueVerdict.Inconclusive unjudged) {
        notes.add("not known: " + unjudged.missing());
      }
    }
    return new CatalogueDiagnosis(findings, notes);
  }

  private static boolean isNew(CatalogueCause cause, List<Finding> known) {
    return known.stream()
        .noneMatch(
            finding ->
                finding.rule().equals(cause.rule()) && finding.remedy().equals(cause.remedy()));
  }

  private static Finding finding(CatalogueCause cause) {
    return new Finding(
        StableId.of(cause.rule(), cause.relation(), cause.object()),
        cause.rule(),
        Severity.LOW,
        null,
        cause.relation(),
        cause.title(),
        cause.explanation(),
        null,
        cause.evidence(),
        List.of(),
        null,
        null,
        cause.remedy());
  }
}
