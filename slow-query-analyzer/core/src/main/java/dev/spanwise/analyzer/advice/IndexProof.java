package dev.spanwise.analyzer.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks a planner which of several indexes helps a statement, and whom else it touches. */
final class IndexProof {

  /**
   * Share of the planner's cost that an index must spare. A lookup of one row in a hundred of a
   * small, scattered table spares less than half, so that a stricter bound would silence plain
   * foreign keys.
   */
  private static final double SPARED = 0.2;

  /**
   * A candidate further down the list must be this much cheaper to be preferred: costs are
   * estimates.
   */
  private static final double PREFERRED = 0.1;

  /** Relative change of a plan's cost from which on a statement counts as helped or harmed. */
  private static final double CHANGED = 0.05;

  /** From this factor on between two costs of a statement they are of different plans. */
  private static final double OTHER_PLAN = 3;

  private final WhatIfPlanner planner;

  IndexProof(WhatIfPlanner planner) {
    this.planner = planner;
  }

  /** What the planner said of one candidate. */
  record Answer(IndexCandidate candidate, WhatIf whatIf) {

    double before() {
      return whatIf.costBefore();
    }

    double after() {
      return whatIf.costAfter();
    }

    boolean helps() {
      return whatIf.used() && after() <= before() * (1 - SPARED);
    }
  }

  /**
   * The best candidate that helps.
   *
   * @param candidates the most promising first
   * @param cost what the planner put the plan at that was executed
   * @return null where none helps
   * @throws WhatIfException where the planner can answer for no candidate, and where none helps a
   *     plan that is not the one that was executed
   */
  @Nullable Answer best(ExecutedStatement statement, List<IndexCandidate> candidates, double cost)
      throws WhatIfException {
    List<Answer> answers = new ArrayList<>();
    WhatIfException failure = null;
    for (IndexCandidate candidate : candidates) {
      try {
        answers.add(new Answer(candidate, planner.plan(statement, candidate)));
      } catch (WhatIfException e) {
        failure = e;
      }
    }
    if (answers.isEmpty() && failure != null) {
      throw failure;
    }
    Answer best = null;
    for (Answer answer : answers) {
      if (answer.helps() && (best == null || answer.after() < best.after() * (1 - PREFERRED))) {
        best = answer;
      }
    }
    if (best == null && !isLike(answers.get(0).before(), cost)) {
      throw new WhatIfException(
          "it is planned otherwise than it was executed, at a cost of %s instead of %s"
              .formatted(rounded(answers.get(0).before()), rounded(cost)));
    }
    return best;
  }

  /** Whether two costs may be those of one plan. */
  private static boolean isLike(double one, double other) {
    return Math.max(one, other) <= OTHER_PLAN * Math.min(one, other);
  }

  private static String rounded(double cost) {
    return String.format(Locale.ROOT, "%,.0f", cost);
  }

  /** Whose plans change with a candidate. */
  record Effects(List<Long> helps, List<Long> harms) {}

  /**
   * Plans every sample that reads the candidate's relation again; one that cannot be planned is
   * neither helped nor harmed.
   */
  Effects effects(IndexCandidate candidate, List<Sample> samples) {
    List<Long> helps = new ArrayList<>();
    List<Long> harms = new ArrayList<>();
    for (Sample sample : samples) {
      ExecutedStatement statement = Sample.statement(sample.plan());
      if (statement == null || !sample.reads(candidate.relation())) {
        continue;
      }
      try {
        Answer answer = new Answer(candidate, planner.plan(statement, candidate));
        if (answer.after() < answer.before() * (1 - CHANGED)) {
          helps.add(sample.fingerprint());
        } else if (answer.after() > answer.before() * (1 + CHANGED)) {
          harms.add(sample.fingerprint());
        }
      } catch (WhatIfException unplannable) {
        // Neither helped nor harmed as far as is known.
      }
    }
    return new Effects(helps, harms);
  }

  WhatIfPlanner.Method method() {
    return planner.method();
  }
}
