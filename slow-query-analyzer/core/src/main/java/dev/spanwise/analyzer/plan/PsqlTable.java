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

  private static final Pattern HEADER =
      Pattern.compile("\\s*+(?:[|│]\\s*+)?(?:NOTICE:\\s*+)?QUERY PLAN:?\\s*+(?:[|│]\\s*+)?");
  private static final Pattern RULE = Pattern.compile("[-+|─┌┬┐├┼┤└┴┘]++");
  private static final Pattern DASHES = Pattern.compile("[-─]{3}");
  private static final Pattern FOOTER =
      // In the client's language.
      Pattern.compile(
          "\\s*\\(\\d+ \\p{L}+\\)\\s*"
              + "|(?:Time|Temps|Zeit|Duración|Tempo|Время|时间|時間) ?[:：] ?[\\d.,]+ \\p{L}+.*");

  /** Tags of commands, such as {@code INSERT 0 10}, and what psql says of its settings. */
  private static final Pattern REMARK =
      Pattern.compile(
          "\\s*+(?:[A-Z]{2,}+(?: [A-Z]{2,}+)*+(?: \\d++){0,2}+"
              + "|[A-Z][a-z]++(?: [a-z]++)*? is [^.]++\\."
              + "|You are now connected to .*)\\s*+");

  private static final Pattern RECORD = Pattern.compile("[-+─]*+\\[ RECORD \\d++ \\][-+─]*+\\s*+");
  private static final Pattern EXPANDED = Pattern.compile("(?:QUERY PLAN| {10}) ?[|│] ?");
  private static final String BORDERS = "|│";
  private static final String CONTINUATIONS = "+↵";

  private PsqlTable() {}

  /**
   * The lines of {@code output} without the table, from the first to the last that is neither blank
   * nor what psql says of the commands before and after EXPLAIN.
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
      } else if (isFoldedHeader(printed, i)) {
        table = true;
        first = i + 2;
      } else if (!isBeside(printed[i]) && !isRule(printed[i])) {
        break;
      }
    }
    while (table && first < printed.length && printed[first].isBlank()) {
      first++;
    }
    List<String> kept = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = first; i < printed.length; i++) {
      String line = printed[i];
      if (((bordered || (table && i == first)) && isRule(line))
          || (expanded && RECORD.matcher(line).matches())
          || FOOTER.matcher(line).matches()) {
        continue;
      }
      if (bordered) {
        line = withoutBorders(line);
      } else if (expanded) {
        line = EXPANDED.matcher(line).replaceFirst("");
      }
      kept.add(line);
      numbers.add(i + 1);
    }
    return trim(kept, numbers);
  }

  /** Whether a line can stand before or after a plan and is no part of it. */
  private static boolean isBeside(String line) {
    return line.isBlank() || REMARK.matcher(line).matches() || FOOTER.matcher(line).matches();
  }

  /** In a narrow column the two words stand below each other. */
  private static boolean isFoldedHeader(String[] printed, int line) {
    return printed[line].strip().equals("QUERY")
        && line + 1 < printed.length
        && printed[line + 1].strip().equals("PLAN");
  }

  private static boolean isRule(String line) {
    String signs = line.strip();
    return RULE.matcher(signs).matches() && DASHES.matcher(signs).find();
  }

  private static String withoutBorders(String line) {
    String cell = line.stripLeading();
    if (cell.isEmpty() || BORDERS.indexOf(cell.charAt(0)) < 0) {
      return withoutEnd(line, BORDERS);
    }
    return withoutEnd(cell.substring(cell.startsWith(" ", 1) ? 2 : 1), BORDERS);
  }

  private static boolean endsWithOneOf(String line, String signs) {
    String text = line.stripTrailing();
    return !text.isEmpty() && signs.indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  /** The line without the sign at its end, if there is one, and the space around that. */
  private static String withoutEnd(String line, String signs) {
    String text = line.stripTrailing();
    return endsWithOneOf(text, signs) ? text.substring(0, text.length() - 1).stripTrailing() : line;
  }

  /** In a table of one cell with many lines, psql ends each line but the last with a sign. */
  private static List<String> joinCell(List<String> lines) {
    List<String> filled = lines.stream().filter(line -> !line.isBlank()).toList();
    boolean oneCell =
        filled.size() > 1
            && filled.subList(0, filled.size() - 1).stream()
                .allMatch(line -> endsWithOneOf(line, CONTINUATIONS));
    return oneCell ? lines.stream().map(line -> withoutEnd(line, CONTINUATIONS)).toList() : lines;
  }

  private static List<TextLine> trim(List<String> lines, List<Integer> numbers) {
    int start = 0;
    int end = lines.size();
    while (start < end && isBeside(lines.get(start))) {
      start++;
    }
    while (end > start && isBeside(lines.get(end - 1))) {
      end--;
    }
    List<TextLine> trimmed = new ArrayList<>(end - start);
    for (String line : joinCell(lines.subList(start, end))) {
      trimmed.add(TextLine.of(numbers.get(start + trimmed.size()), line));
    }
    return trimmed;
  }
}
