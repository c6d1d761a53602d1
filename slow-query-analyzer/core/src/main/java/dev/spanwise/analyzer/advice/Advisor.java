package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.catalogue.Catalogue;
import dev.spanwise.analyzer.catalogue.Relation;
import dev.spanwise.analyzer.plan.Estimate;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.plan.PlanNode;
import dev.spanwise.analyzer.rule.Finding;
import dev.spanwise.analyzer.rule.Remedy;
import dev.spanwise.analyzer.rule.StableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what helps against findings, and proves it where a planner can be asked. Not thread-safe.
 */
public final class Advisor {

  /** What to do to have advice proved, where there was no planner to ask. */
  public static final String HOW_TO_PROVE =
      "name a disposable copy of the database with --database URL --what-if executed";

  private final @Nullable Catalogue catalogue;
  private final @Nullable IndexProof proof;
  private final List<Sample> samples;
  private final String howToProve;

  /**
   * @param catalogue the database's catalogue; null where no database was named
   * @param planner proves candidates; null where there is none to ask
   * @param samples one execution of each statement whose plan is known: an index for one may help
   *     or harm another
   * @param howToProve said where there is no planner, such as {@link #HOW_TO_PROVE}
   */
  public Advisor(
      @Nullable Catalogue catalogue,
      @Nullable WhatIfPlanner planner,
      List<Sample> samples,
      String howToProve) {
    this.catalogue = catalogue;
    this.proof = planner == null ? null : new IndexProof(planner);
    this.samples = List.copyOf(samples);
    this.howToProve = howToProve;
  }

  /** The advice on findings, and the findings in its light. */
  public Advised advised(List<Finding> findings) {
    Advised shared = SharedIndex.of(findings, advise(findings));
    return new Advised(weighed(shared.findings(), shared.advice()), shared.advice());
  }

  /**
   * An advice for each thing that helps against a finding, in the findings' order; findings that
   * the same step answers share it.
   */
  List<Advice> advise(List<Finding> findings) {
    Map<String, Advice> byId = new LinkedHashMap<>();
    for (Finding finding : findings) {
      List<Remedy> remedies = new ArrayList<>(finding.alsoHelps());
      remedies.add(0, finding.remedy());
      for (Remedy remedy : remedies) {
        Advice advice = advice(finding, remedy);
        byId.merge(advice.id(), advice, Advisor::shared);
      }
    }
    return List.copyOf(byId.values());
  }

  /**
   * The findings, in the light of their advice: what an index was to cure and no index cures is a
   * fact about the plan, and not known to be why the statement is slow.
   */
  private static List<Finding> weighed(List<Finding> findings, List<Advice> advice) {
    Map<String, List<Advice>> byFinding = new HashMap<>();
    advice.forEach(
        one ->
            one.findings()
                .forEach(id -> byFinding.computeIfAbsent(id, key -> new ArrayList<>()).add(one)));
    return findings.stream()
        .map(
            finding -> {
              List<Advice> own = byFinding.getOrDefault(finding.id(), List.of());
              boolean refuted =
                  !own.isEmpty()
                      && own.stream().allMatch(one -> one.proof() instanceof Proof.Refuted);
              return refuted ? finding.withoutCure() : finding;
            })
        .toList();
  }

  private Advice advice(Finding finding, Remedy remedy) {
    return remedy instanceof Remedy.Step step
        ? words(finding, step.kind(), step.statement(), new Proof.None(step.unproved()))
        : index(finding);
  }

  private Advice index(Finding finding) {
    Plan plan = finding.plan();
    PlanNode node = finding.node();
    if (plan == null || node == null) {
      return investigate(finding, "No plan shows which index is missing.");
    }
    IndexCandidates.Result result = new IndexCandidates(plan, catalogue).of(node);
    if (result.candidates().isEmpty()) {
      return investigate(
          finding,
          result.served() == null
              ? whyNone(finding)
              : "The index "
                  + result.served()
                  + " would serve this statement but was not used: it may be newer than this plan, else look at the table's statistics (ANALYZE) and at the planner's settings.");
    }
    ExecutedStatement statement = Sample.statement(plan);
    if (proof == null || statement == null) {
      return unproved(finding, result.candidates().get(0), whyUnproved(finding, statement));
    }
    try {
      IndexProof.Answer best = proof.best(statement, result.candidates(), cost(plan));
      return best == null ? refuted(finding, result.candidates()) : proved(finding, best, proof);
    } catch (WhatIfException unplannable) {
      return unproved(
          finding,
          result.candidates().get(0),
          "the statement could not be planned: " + unplannable.getMessage());
    }
  }

  private static double cost(Plan plan) {
    Estimate estimate = plan.root().estimate();
    return estimate == null ? 0 : estimate.totalCost();
  }

  private String whyUnproved(Finding finding, @Nullable ExecutedStatement statement) {
    // auto_explain logs the statement with the plan; EXPLAIN does not print it.
    boolean explained = finding.query() == null;
    if (proof == null) {
      String text =
          explained && statement == null ? ", and a file with the statement with --sql FILE" : "";
      return "no what-if planner was asked: " + howToProve + text;
    }
    return explained
        ? "EXPLAIN's output does not hold its statement: name a file with it by --sql FILE"
        : "the plan does not carry the statement's text";
  }

  private String whyNone(Finding finding) {
    boolean unknown =
        catalogue != null
            && finding.relation() != null
            && catalogue.relation(finding.relation()).isEmpty();
    return unknown
        ? finding.relation()
            + " is not in the database that was named, or in several of its schemas."
        : "Spanwise derives no b-tree index from the conditions and the order of this statement.";
  }

  private Advice refuted(Finding finding, List<IndexCandidate> candidates) {
    return words(
        finding,
        Remedy.Kind.INVESTIGATE,
        "The planner would not gain from any of the indexes that the plan suggests: "
            + ddl(candidates),
        new Proof.Refuted("the planner was asked about these indexes"));
  }

  private String ddl(List<IndexCandidate> candidates) {
    return String.join("; ", candidates.stream().map(this::ddl).toList());
  }

  /** On a partitioned table an index cannot be made beside writes. */
  private String ddl(IndexCandidate candidate) {
    boolean partitioned =
        catalogue != null
            && catalogue
                .relation(candidate.relation())
                .filter(relation -> relation.kind() == Relation.Kind.PARTITIONED_TABLE)
                .isPresent();
    return candidate.createStatement(null, !partitioned);
  }

  private Advice proved(Finding finding, IndexProof.Answer best, IndexProof prover) {
    List<Sample> others =
        samples.stream()
            .filter(sample -> !fingerprints(finding).contains(sample.fingerprint()))
            .toList();
    IndexProof.Effects effects = prover.effects(best.candidate(), others);
    Set<Long> helps = new LinkedHashSet<>(fingerprints(finding));
    helps.addAll(effects.helps());
    WhatIf whatIf = best.whatIf();
    return create(
        finding,
        best.candidate(),
        whatIf.candidateBytes(),
        new Proof.Planned(prover.method(), whatIf.before(), whatIf.after()),
        List.copyOf(helps),
        effects.harms());
  }

  private Advice unproved(Finding finding, IndexCandidate candidate, String reason) {
    String unknown =
        catalogue == null ? "; the catalogue is not known, so an index may exist that serves" : "";
    return create(
        finding,
        candidate,
        null,
        new Proof.None(reason + unknown),
        fingerprints(finding),
        List.of());
  }

  private Advice create(
      Finding finding,
      IndexCandidate candidate,
      @Nullable Long bytes,
      Proof proof,
      List<Long> helps,
      List<Long> harms) {
    String statement = ddl(candidate);
    return new Advice(
        StableId.of(Remedy.Kind.CREATE_INDEX.id(), statement),
        Remedy.Kind.CREATE_INDEX,
        statement,
        candidate.relation(),
        candidate,
        bytes,
        proof,
        List.of(finding.id()),
        helps,
        harms);
  }

  private static Advice investigate(Finding finding, String step) {
    return words(
        finding, Remedy.Kind.INVESTIGATE, step, new Proof.None("there is nothing to plan with"));
  }

  private static Advice words(Finding finding, Remedy.Kind kind, String statement, Proof proof) {
    return new Advice(
        StableId.of(kind.id(), statement, finding.relation()),
        kind,
        statement,
        finding.relation(),
        null,
        null,
        proof,
        List.of(finding.id()),
        fingerprints(finding),
        List.of());
  }

  private static List<Long> fingerprints(Finding finding) {
    return finding.query() == null ? List.of() : List.of(finding.query().key().fingerprint());
  }

  /** One step that answers two findings: proved if either is. */
  private static Advice shared(Advice first, Advice second) {
    Advice proved = first.proof() instanceof Proof.Planned ? first : second;
    List<String> findings = new ArrayList<>(first.findings());
    findings.addAll(second.findings());
    Set<Long> helps = new LinkedHashSet<>(first.helps());
    helps.addAll(second.helps());
    Set<Long> harms = new LinkedHashSet<>(first.harms());
    harms.addAll(second.harms());
    harms.removeAll(helps);
    return new Advice(
        proved.id(),
        proved.kind(),
        proved.statement(),
        proved.relation(),
        proved.index(),
        proved.indexBytes(),
        proved.proof(),
        findings,
        List.copyOf(helps),
        List.copyOf(harms));
  }
}
