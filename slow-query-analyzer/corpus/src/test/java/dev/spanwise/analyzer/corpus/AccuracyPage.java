package dev.spanwise.analyzer.corpus;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures of a run as {@code docs/accuracy.md} shows them, between two marks. */
final class AccuracyPage {

  static final String BEGIN = "<!-- figures: written by the profile spanwise-corpus -->";
  static final String END = "<!-- end of figures -->";

  private final List<CaseResult> results;
  private final Set<String> rulesInCode;
  private final String measuredOn;

  /**
   * @param results of all servers
   * @param rulesInCode the rules that the analyzer has
   * @param measuredOn the machine, in words
   */
  AccuracyPage(List<CaseResult> results, Set<String> rulesInCode, String measuredOn) {
    this.results = List.copyOf(results);
    this.rulesInCode = new TreeSet<>(rulesInCode);
    this.measuredOn = measuredOn;
  }

  /**
   * The page with these figures in the place of the old ones.
   *
   * @throws IllegalArgumentException if the page lacks a mark
   */
  String writtenInto(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("the page lacks the marks " + BEGIN + " and " + END);
    }
    return page.substring(0, begin + BEGIN.length()) + "\n\n" + figures() + page.substring(end);
  }

  private String figures() {
    List<CaseResult> ran = results.stream().filter(each -> each.failure() == null).toList();
    return "Measured on %s.%n%n".formatted(measuredOn)
        + overall(ran)
        + controls(ran)
        + advice(ran)
        + byRule(ran)
        + problems("Missed", ran, CaseResult::missed)
        + problems("Wrong", ran, CaseResult::wrong)
        + refusedAdvice(ran)
        + failures();
  }

  private String overall(List<CaseResult> ran) {
    StringBuilder text = new StringBuilder("### Overall\n\n" + header("Over"));
    text.append(row("all rules", Score.of(ran)));
    text.append(
        row(rulesInCode.size() + " rules that are in the code", Score.of(ran, rulesInCode)));
    for (String server : new TreeSet<>(ran.stream().map(CaseResult::server).toList())) {
      text.append(
          row(
              "all rules, PostgreSQL " + server,
              Score.of(ran.stream().filter(each -> each.server().equals(server)).toList())));
    }
    text.append(row("all rules, what is low counted as wrong, too", Score.countingLow(ran)));
    return text.append('\n').toString();
  }

  private static String controls(List<CaseResult> ran) {
    List<CaseResult> controls = ran.stream().filter(each -> each.theCase().isControl()).toList();
    long silent = controls.stream().filter(CaseResult::isSilent).count();
    return "%d runs of pathologies and %d of healthy controls; %d of the controls had no finding above low.%n%n"
        .formatted(ran.size() - controls.size(), controls.size(), silent);
  }

  private static String advice(List<CaseResult> ran) {
    List<CaseResult> judged = ran.stream().filter(CaseResult::adviceIsJudged).toList();
    long accepted = judged.stream().filter(CaseResult::adviceIsAccepted).count();
    return "Where the cause was found and a fix is labelled, the advice was an accepted one in %d of %d runs.%n%n"
        .formatted(accepted, judged.size());
  }

  private String byRule(List<CaseResult> ran) {
    StringBuilder text = new StringBuilder("### By rule\n\n" + header("Rule"));
    for (String rule : CatalogueRules.ALL) {
      String name = rulesInCode.contains(rule) ? rule : rule + " (not in the code yet)";
      text.append(row(name, Score.of(ran, Set.of(rule))));
    }
    return text.append('\n').toString();
  }

  private static String problems(
      String title, List<CaseResult> ran, Function<CaseResult, Set<String>> rules) {
    List<CaseResult> having = ran.stream().filter(each -> !rules.apply(each).isEmpty()).toList();
    if (having.isEmpty()) {
      return "";
    }
    return "### %s%n%n| Case | PostgreSQL | %s | Expected | Got |%n|---|---|---|---|---|%n"
            .formatted(title, title)
        + having.stream()
            .map(
                each ->
                    "| %s | %s | %s | %s | %s |%n"
                        .formatted(
                            each.theCase().id(),
                            each.server(),
                            list(rules.apply(each)),
                            list(each.theCase().labels().expected()),
                            got(each)))
            .collect(joining())
        + "\n";
  }

  private static String refusedAdvice(List<CaseResult> ran) {
    List<CaseResult> refused =
        ran.stream().filter(each -> each.adviceIsJudged() && !each.adviceIsAccepted()).toList();
    if (refused.isEmpty()) {
      return "";
    }
    return "### Advice that is none of the accepted fixes\n\n"
        + "| Case | PostgreSQL | Advice |\n"
        + "|---|---|---|\n"
        + refused.stream()
            .map(
                each ->
                    "| %s | %s | %s |%n"
                        .formatted(
                            each.theCase().id(),
                            each.server(),
                            cell(String.join("; ", each.expectedAdvice()))))
            .collect(joining())
        + "\n";
  }

  private String failures() {
    String failed =
        results.stream()
            .filter(each -> each.failure() != null)
            .map(
                each ->
                    "| %s | %s | %s |%n"
                        .formatted(
                            each.theCase().id(),
                            each.server(),
                            cell(String.valueOf(each.failure()))))
            .collect(joining());
    return failed.isEmpty()
        ? ""
        : "### Not run\n\n| Case | PostgreSQL | Why |\n|---|---|---|\n" + failed + "\n";
  }

  private static String got(CaseResult result) {
    if (result.findings().isEmpty()) {
      return result.messages().isEmpty()
          ? "nothing"
          : cell("nothing: " + String.join("; ", result.messages()));
    }
    return result.findings().stream()
        .map(each -> each.rule() + " (" + each.severity() + ")")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String list(Collection<String> rules) {
    return rules.isEmpty() ? "nothing" : String.join(", ", new TreeSet<>(rules));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }

  private static String header(String first) {
    return "| %s | Found | Missed | Wrong | Precision | Recall | F1 |%n|---|---|---|---|---|---|---|%n"
        .formatted(first);
  }

  private static String row(String name, Score score) {
    return "| %s | %d | %d | %d | %s | %s | %s |%n"
        .formatted(
            name,
            score.found(),
            score.missed(),
            score.wrong(),
            ratio(score.precision()),
            ratio(score.recall()),
            ratio(score.f1()));
  }

  private static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio);
  }
}
