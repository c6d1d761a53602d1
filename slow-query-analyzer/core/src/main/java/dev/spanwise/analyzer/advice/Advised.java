package dev.spanwise.analyzer.advice;

import dev.spanwise.analyzer.rule.Finding;
import java.util.List;

/**
 * Findings and the advice on them.
 *
 * @param findings those that one index cures are one; those that nothing was found to cure are low
 * @param advice in the order of the findings
 */
public record Advised(List<Finding> findings, List<Advice> advice) {

  public Advised {
    findings = List.copyOf(findings);
    advice = List.copyOf(advice);
  }
}
