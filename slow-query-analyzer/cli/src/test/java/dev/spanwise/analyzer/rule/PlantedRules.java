package dev.spanwise.analyzer.rule;

/** Rules that break the laws of rules. */
public final class PlantedRules {

  private PlantedRules() {}

  /** It is public, and no catalogue names it. */
  public static final class PublicRule implements PlanRule {
    @Override
    public Verdict examine(PlanSubject subject) {
      return new Verdict.Clear();
    }
  }

  /** It is what it should be. */
  static final class PrivateRule implements PlanRule {
    @Override
    public Verdict examine(PlanSubject subject) {
      return new Verdict.Clear();
    }
  }

  /** It names a rule, though it is not the catalogue. */
  public static final class NamesRule {
    static Object rule() {
      return new PrivateRule();
    }
  }
}
