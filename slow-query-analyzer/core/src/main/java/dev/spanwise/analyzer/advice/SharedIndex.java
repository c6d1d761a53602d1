package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.analyzer.rule.Finding;
import dev.spanwise.analyzer.workload.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings together the findings on one statement that one index cures: they are one cause, seen at
 * several places of its plan. An index cures what another one would whose keys it begins with. For
 * one thread.
 */
final class SharedIndex {

  /** By id, in order. */
  private final Map<String, Advice> advice = new LinkedHashMap<>();

  /** By the advice's id, the findings that it answers. */
  private final Map<String, Set<String>> answered = new HashMap<>();

  /** By the finding's id, the advice on it. */
  private final Map<String, Set<String>> answers = new HashMap<>();

  private SharedIndex(List<Advice> given) {
    for (Advice one : given) {
      advice.put(one.id(), one);
      one.findings().forEach(finding -> answer(finding, one.id()));
    }
  }

  /**
   * Brings together what belongs together: the first finding stands for the others.
   *
   * @param findings the costliest first
   * @param advice on these findings
   */
  static Advised of(List<Finding> findings, List<Advice> advice) {
    SharedIndex shared = new SharedIndex(advice);
    Map<Integer, Finding> left = new TreeMap<>();
    for (List<Integer> ofStatement : byStatement(findings)) {
      List<Integer> kept = new ArrayList<>();
      for (int at : ofStatement) {
        Finding finding = findings.get(at);
        Integer same = shared.curedAlike(finding, kept, findings);
        if (same == null) {
          kept.add(at);
          left.put(at, finding);
        } else {
          shared.join(findings.get(same).id(), finding.id());
          left.computeIfPresent(same, (place, main) -> main.curing(finding));
        }
      }
    }
    return new Advised(List.copyOf(left.values()), shared.left());
  }

  /** The places of the findings on each statement: of a workload's query, or of a single plan. */
  private static Collection<List<Integer>> byStatement(List<Finding> findings) {
    Map<Query, List<Integer>> byQuery = new LinkedHashMap<>();
    IdentityHashMap<Plan, List<Integer>> byPlan = new IdentityHashMap<>();
    List<List<Integer>> all = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Query query = findings.get(i).query();
      Plan plan = findings.get(i).plan();
      if (query != null) {
        byQuery.computeIfAbsent(query, key -> new ArrayList<>()).add(i);
      } else if (plan != null) {
        byPlan.computeIfAbsent(plan, key -> new ArrayList<>()).add(i);
      } else {
        all.add(List.of(i));
      }
    }
    all.addAll(byQuery.values());
    all.addAll(byPlan.values());
    return all;
  }

  private @Nullable Integer curedAlike(
      Finding finding, List<Integer> places, List<Finding> findings) {
    Advice index = index(finding.id());
    if (index == null) {
      return null;
    }
    for (int place : places) {
      Advice other = index(findings.get(place).id());
      if (other != null && longer(other, index) != null) {
        return place;
      }
    }
    return null;
  }

  /** The index that is advised against a finding; null where none is. */
  private @Nullable Advice index(String finding) {
    for (String id : answers.getOrDefault(finding, Set.of())) {
      Advice one = advice.get(id);
      if (one != null && one.index() != null) {
        return one;
      }
    }
    return null;
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

  /** Lets one finding have the advice on another, and of their indexes the longer. */
  private void join(String finding, String other) {
    Advice own = index(finding);
    Advice others = index(other);
    for (String id : List.copyOf(answers.getOrDefault(other, Set.of()))) {
      withdraw(other, id);
      answer(finding, id);
    }
    if (own != null && others != null && !own.id().equals(others.id())) {
      withdraw(finding, own.equals(longer(own, others)) ? others.id() : own.id());
    }
  }

  private void answer(String finding, String id) {
    answered.computeIfAbsent(id, key -> new LinkedHashSet<>()).add(finding);
    answers.computeIfAbsent(finding, key -> new LinkedHashSet<>()).add(id);
  }

  private void withdraw(String finding, String id) {
    answered.getOrDefault(id, new LinkedHashSet<>()).remove(finding);
    answers.getOrDefault(finding, new LinkedHashSet<>()).remove(id);
  }

  /** The advice that still answers a finding. */
  private List<Advice> left() {
    List<Advice> left = new ArrayList<>();
    advice.forEach(
        (id, one) -> {
          List<String> findings = List.copyOf(answered.getOrDefault(id, Set.of()));
          if (!findings.isEmpty()) {
            left.add(one.answering(findings));
          }
        });
    return left;
  }
}
