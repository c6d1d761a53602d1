package dev.spanwise.analyzer.corpus;

import java.util.Collection;
import java.util.Set;

/**
 * Counts of expected rules that were found, of those that were missed, and of wrong findings.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Precision_and_recall">precision and recall</a>
 */
record Score(int found, int missed, int wrong) {

  static final Score NONE = new Score(0, 0, 0);

  static Score of(Collection<CaseResult> results) {
    return results.stream()
        .map(each -> new Score(each.found().size(), each.missed().size(), each.wrong().size()))
        .reduce(NONE, Score::plus);
  }

  /** The score where a finding that is not labelled is wrong however low it is. */
  static Score countingLow(Collection<CaseResult> results) {
    return results.stream()
        .map(each -> new Score(each.found().size(), each.missed().size(), each.unlabelled().size()))
        .reduce(NONE, Score::plus);
  }

  /** The score of some rules alone. */
  static Score of(Collection<CaseResult> results, Set<String> rules) {
    return results.stream()
        .map(
            each ->
                new Score(
                    among(rules, each.found()),
                    among(rules, each.missed()),
                    among(rules, each.wrong())))
        .reduce(NONE, Score::plus);
  }

  private static int among(Set<String> rules, Set<String> named) {
    return (int) named.stream().filter(rules::contains).count();
  }

  Score plus(Score other) {
    return new Score(found + other.found, missed + other.missed, wrong + other.wrong);
  }

  /** Share of the findings that are right; NaN where there is none. */
  double precision() {
    return (double) found / (found + wrong);
  }

  /** Share of the expected rules that were found; NaN where none is expected. */
  double recall() {
    return (double) found / (found + missed);
  }

  /** Harmonic mean of both. */
  double f1() {
    return 2.0 * found / (2.0 * found + missed + wrong);
  }
}
