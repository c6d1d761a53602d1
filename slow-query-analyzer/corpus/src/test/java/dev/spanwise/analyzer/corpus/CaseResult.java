package dev.spanwise.analyzer.corpus;

import dev.spanwise.analyzer.corpus.CorpusCase.Labels;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the analyzer said of a case on one server.
 *
 * @param server version of the server
 * @param findings the findings
 * @param messages what the report says of slow statements without a finding
 * @param failure why the case could not be run; null where it was
 */
record CaseResult(
    CorpusCase theCase,
    String server,
    List<Found> findings,
    List<String> messages,
    @Nullable String failure) {

  private static final Set<String> NOT_ABOVE_LOW = Set.of("low", "info");

  CaseResult {
    findings = List.copyOf(findings);
    messages = List.copyOf(messages);
  }

  /**
   * A finding.
   *
   * @param severity as the report prints it
   * @param advice kind and statement of each advice
   */
  record Found(String rule, String severity, List<String> advice) {
    Found {
      advice = List.copyOf(advice);
    }

    boolean isAboveLow() {
      return !NOT_ABOVE_LOW.contains(severity);
    }
  }

  static CaseResult failed(CorpusCase theCase, String server, Throwable failure) {
    return new CaseResult(theCase, server, List.of(), List.of(), String.valueOf(failure));
  }

  private Labels labels() {
    return theCase.labels();
  }

  /** Expected rules that were found, however low. */
  Set<String> found() {
    return findings.stream()
        .map(Found::rule)
        .filter(labels().expected()::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Expected rules that were not found. */
  Set<String> missed() {
    Set<String> missed = new TreeSet<>(labels().expected());
    missed.removeAll(found());
    return missed;
  }

  /** Rules that were found above low and are neither expected nor tolerated, or are forbidden. */
  Set<String> wrong() {
    return findings.stream()
        .filter(
            each ->
                labels().forbidden().contains(each.rule())
                    || (each.isAboveLow() && isUnlabelled(each)))
        .map(Found::rule)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Rules that were found, however low, and are neither expected nor tolerated. */
  Set<String> unlabelled() {
    return findings.stream()
        .filter(this::isUnlabelled)
        .map(Found::rule)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isUnlabelled(Found found) {
    return !labels().expected().contains(found.rule())
        && !labels().tolerated().contains(found.rule());
  }

  /** Whether nothing that was found is above low. */
  boolean isSilent() {
    return findings.stream().noneMatch(Found::isAboveLow);
  }

  /** Whether fixes are labelled and a finding of an expected rule came to be judged by them. */
  boolean adviceIsJudged() {
    return !labels().fixes().isEmpty() && !found().isEmpty();
  }

  /** Whether one of the advices to the expected findings is an accepted fix. */
  boolean adviceIsAccepted() {
    return expectedAdvice().stream().anyMatch(this::isAccepted);
  }

  List<String> expectedAdvice() {
    return findings.stream()
        .filter(each -> labels().expected().contains(each.rule()))
        .flatMap(each -> each.advice().stream())
        .distinct()
        .toList();
  }

  private boolean isAccepted(String advice) {
    return labels().fixes().stream()
        .anyMatch(fix -> Pattern.compile(fix, Pattern.CASE_INSENSITIVE).matcher(advice).find());
  }
}
