package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.rule.Finding;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings together the findings on one statement that one index cures: they are one cause, seen at
 * several places of its plan. An index cures what another one would whose keys it begins with.
 *
 * @param findings in the order in which they came, each with what was found to be the same cause
 * @param advice without what a longer index makes needless
 */
record SharedIndex(List<Finding> findings, List<Advice> advice) {

  SharedIndex {
    findings = List.copyOf(findings);
    advice = List.copyOf(advice);
  }

  /**
   * Brings together what belongs together.
   *
   * @param findings the costliest first
   * @param advice on these findings
   */
  static SharedIndex of(List<Finding> findings, List<Advice> advice) {
    SharedIndex shared = new SharedIndex(findings, advice);
    for (int i = 0; i < shared.findings.size(); i++) {
      int same = shared.sameCause(i);
      while (same >= 0) {
        shared = shared.joined(i, same);
        same = shared.sameCause(i);
      }
    }
    return shared;
  }

  /** The next finding on the same statement that the same index cures; -1 where there is none. */
  private int sameCause(int of) {
    Advice index = index(findings.get(of));
    for (int i = of + 1; i < findings.size() && index != null; i++) {
      Advice other = index(findings.get(i));
      if (other != null
          && isOfOneStatement(findings.get(of), findings.get(i))
          && longer(index, other) != null) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isOfOneStatement(Finding one, Finding other) {
    if (one.query() != null) {
      return one.query().equals(other.query());
    }
    return other.query() == null && one.plan() != null && one.plan().equals(other.plan());
  }

  /** The index that is advised against a finding; null where none is. */
  private @Nullable Advice index(Finding finding) {
    return advice.stream()
        .filter(one -> one.index() != null && one.findings().contains(finding.id()))
        .findFirst()
        .orElse(null);
  }

  /** Which of two does what both do; null where neither does. */
  private static @Nullable Advice longer(Advice one, Advice other) {
    IndexCandidate first = one.index();
    IndexCandidate second = other.index();
    if (first == null
        || second == null
        || !first.relation().equals(second.relation())
        || !first.method().equals(second.method())) {
      return null;
    }
    if (begins(first, second)) {
      return one;
    }
    return begins(second, first) ? other : null;
  }

  private static boolean begins(IndexCandidate index, IndexCandidate shorter) {
    return shorter.keys().size() <= index.keys().size()
        && index.keys().subList(0, shorter.keys().size()).equals(shorter.keys());
  }

  private SharedIndex joined(int at, int same) {
    Finding finding = findings.get(at);
    Finding other = findings.get(same);
    Advice first = Objects.requireNonNull(index(finding));
    Advice second = Objects.requireNonNull(index(other));
    Advice kept = Objects.requireNonNull(longer(first, second));
    List<Finding> left = new ArrayList<>(findings);
    left.set(at, finding.curing(other));
    left.remove(same);
    List<Advice> given = new ArrayList<>();
    for (Advice one : advice) {
      boolean replaced = one.id().equals(first.id()) || one.id().equals(second.id());
      Set<String> answers = new LinkedHashSet<>(one.findings());
      boolean answered = answers.remove(other.id());
      if (one.id().equals(kept.id())) {
        answers.add(finding.id());
      } else if (replaced) {
        answers.remove(finding.id());
      } else if (answered) {
        answers.add(finding.id());
      }
      if (!answers.isEmpty()) {
        given.add(one.answering(List.copyOf(answers)));
      }
    }
    return new SharedIndex(left, given);
  }
}
