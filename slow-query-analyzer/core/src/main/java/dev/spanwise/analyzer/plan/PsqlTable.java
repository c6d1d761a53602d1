package dev.spanwise.analyzer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes psql's table off EXPLAIN output: aligned, with any border, or expanded. Output without a
 * table passes unchanged.
 *
 * @see <a href="https://www.postgresql.org/docs/current/app-psql.html">psql, \pset</a>
 */
final class PsqlTable {

  private static final Pattern HEADER = Pattern.compile("\\s*[|│]?\\s*QUERY PLAN\\s*[|│]?\\s*");
  private static final Pattern RULE =
      Pattern.compile("\\s*[-+|─┌┬┐├┼┤└┴┘]*[-─]{3,}[-+|─┌┬┐├┼┤└┴┘]*\\s*");
  private static final Pattern FOOTER =
      // In the client's language.
      Pattern.compile(
          "\\s*\\(\\d+ \\p{L}+\\)\\s*"
              + "|(?:Time|Temps|Zeit|Duración|Tempo|Время|时间|時間) ?[:：] ?[\\d.,]+ \\p{L}+.*");
  private static final Pattern RECORD = Pattern.compile("[-+─]*\\[ RECORD \\d+ \\][-+─]*\\s*");
  private static final Pattern EXPANDED = Pattern.compile("(?:QUERY PLAN| {10}) ?[|│] ?");
  private static final Pattern BORDER = Pattern.compile("^\\s*[|│] ?|\\s*[|│]\\s*$");
  private static final Pattern CONTINUED = Pattern.compile("\\s*[+↵]\\s*$");

  private PsqlTable() {}

  /**
   * The lines of {@code output} without the table, from the first to the last that is not blank.
   */
  static List<TextLine> strip(String output) {
    String[] printed = output.split("\r\n|\r|\n", -1);
    boolean table = false;
    boolean bordered = false;
    boolean expanded = false;
    int first = 0;
    for (int i = 0; i < printed.length && !table && !expanded; i++) {
      if (RECORD.matcher(printed[i]).matches()) {
        expanded = true;
        first = i;
      } else if (HEADER.matcher(printed[i]).matches()) {
        table = true;
        bordered = printed[i].contains("|") || printed[i].contains("│");
        first = i + 1;
      } else if (!printed[i].isBlank() && !RULE.matcher(printed[i]).matches()) {
        break;
      }
    }
    List<String> kept = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = first; i < printed.length; i++) {
      String line = printed[i];
      if (((bordered || (table && i == first)) && RULE.matcher(line).matches())
          || (expanded && RECORD.matcher(line).matches())
          || FOOTER.matcher(line).matches()) {
        continue;
      }
      if (bordered) {
        line = BORDER.matcher(line).replaceAll("");
      } else if (expanded) {
        line = EXPANDED.matcher(line).replaceFirst("");
      }
      kept.add(line);
      numbers.add(i + 1);
    }
    return trim(joinCell(kept), numbers);
  }

  /** In a table of one cell with many lines, psql ends each line but the last with a sign. */
  private static List<String> joinCell(List<String> lines) {
    List<String> filled = lines.stream().filter(line -> !line.isBlank()).toList();
    boolean oneCell =
        filled.size() > 1
            && filled.subList(0, filled.size() - 1).stream()
                .allMatch(line -> CONTINUED.matcher(line).find());
    return oneCell
        ? lines.stream().map(line -> CONTINUED.matcher(line).replaceFirst("")).toList()
        : lines;
  }

  private static List<TextLine> trim(List<String> lines, List<Integer> numbers) {
    int start = 0;
    int end = lines.size();
    while (start < end && lines.get(start).isBlank()) {
      start++;
    }
    while (end > start && lines.get(end - 1).isBlank()) {
      end--;
    }
    List<TextLine> trimmed = new ArrayList<>(end - start);
    for (int i = start; i < end; i++) {
      trimmed.add(TextLine.of(numbers.get(i), lines.get(i)));
    }
    return trimmed;
  }
}
