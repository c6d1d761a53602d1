package dev.spanwise.analyzer.plan;

import java.util.List;

/**
 * Reads the output of EXPLAIN and auto_explain of PostgreSQL 13 to 18, in JSON and in text form,
 * with any of EXPLAIN's options. psql's table around it (header, footer, borders, {@code +} at line
 * ends), what it says of commands before and after ({@code SET}, {@code ROLLBACK}), a graphical
 * client's quotes and common indentation are taken off, and the lines of nodes that a mail folded
 * are joined. Thread-safe.
 *
 * <p>The forms are PostgreSQL's own: <a
 * href="https://www.postgresql.org/docs/current/sql-explain.html">EXPLAIN</a> and <a
 * href="https://www.postgresql.org/docs/current/auto-explain.html">auto_explain</a>. Output whose
 * indentation was lost is refused, for it no longer says which node belongs to which.
 */
public final class PlanReader {

  private PlanReader() {}

  /**
   * Reads output that holds one plan, as nearly every statement's does.
   *
   * @throws PlanFormatException if {@code output} cannot be read, naming the place and the rule
   *     that it broke, or if it holds no plan or several
   */
  public static Plan read(String output) throws PlanFormatException {
    List<Plan> plans = readAll(output);
    if (plans.size() != 1) {
      throw new PlanFormatException("line 1", "expected one plan, found " + plans.size());
    }
    return plans.get(0);
  }

  /**
   * Reads all plans of an output in printed order: a rule can make several statements of one. A
   * utility statement, and one that a rule rewrites to nothing, have no plan: the list is empty.
   *
   * @throws PlanFormatException if {@code printed} cannot be read, naming the place and the rule
   *     that it broke
   */
  public static List<Plan> readAll(String printed) throws PlanFormatException {
    String output = QuotedOutput.unquoted(printed);
    Plan logged = JsonPlans.logged(output);
    if (logged != null) {
      return List.of(logged);
    }
    List<TextLine> lines = PsqlTable.strip(output);
    if (lines.isEmpty()) {
      throw new PlanFormatException(
          "line 1",
          output.isBlank()
              ? "expected EXPLAIN output, found nothing"
              : "expected EXPLAIN output, found only what psql prints beside it");
    }
    TextLine first = lines.get(0);
    char start = first.text().charAt(0);
    if (start == '[' || start == '{') {
      return JsonPlans.read(lines);
    }
    String refusal = OtherOutput.refusal(first, output);
    if (refusal != null) {
      throw first.refused(refusal);
    }
    return TextPlans.read(FoldedLines.join(lines));
  }
}
