package dev.spanwise.analyzer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL for reading: pieces to emphasise, and lines that mean the same as the statement. */
final class SqlText {

  /** Quoted names and strings, comments, dollar quotes' marks, words, white space, the rest. */
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<quoted>\"[^\"]*+(?:\"\"[^\"]*+)*+\"|'[^']*+(?:''[^']*+)*+')"
              + "|(?<comment>--[^\\n]*+|/\\*(?s:.*?)\\*/)"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*+)"
              + "|(?<space>\\s++)"
              + "|(?s:.)");

  private static final Pattern UNBREAKABLE = Pattern.compile("--|/\\*|\\\\|\\$[\\p{L}_]*+\\$|\\R");

  private static final Set<String> KEYWORDS =
      Set.of(
          ("all alter analyze and any as asc between by case concurrently create cross delete desc "
                  + "distinct drop else end except exists extension false fetch first for from full "
                  + "group having ilike in include index inner insert intersect into is join "
                  + "lateral last left like limit materialized natural not null nulls offset on or "
                  + "order outer over partition refresh reset returning right row rows select set "
                  + "statistics table then to true union unique update using vacuum values view "
                  + "when where window with")
              .split(" "));

  private SqlText() {}

  /** A piece of a statement; the pieces in order are the statement. */
  record Piece(String text, boolean keyword) {}

  static List<Piece> pieces(String sql) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    Matcher matcher = PIECE.matcher(sql);
    while (matcher.find()) {
      String word = matcher.group("word");
      if (word == null || !KEYWORDS.contains(word.toLowerCase(Locale.ROOT))) {
        plain.append(matcher.group());
        continue;
      }
      if (!plain.isEmpty()) {
        pieces.add(new Piece(plain.toString(), false));
        plain.setLength(0);
      }
      pieces.add(new Piece(word, true));
    }
    if (!plain.isEmpty()) {
      pieces.add(new Piece(plain.toString(), false));
    }
    return pieces;
  }

  /**
   * Breaks a statement into lines where it has white space, so that the copied lines are the same
   * statement: never within quotes, and not at all with comments, escapes, dollar quotes or line
   * breaks, which have a meaning of their own.
   */
  static List<String> lines(String sql, int columns) {
    if (sql.length() <= columns || UNBREAKABLE.matcher(sql).find()) {
      return sql.lines().toList();
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    StringBuilder run = new StringBuilder();
    Matcher matcher = PIECE.matcher(sql);
    while (matcher.find()) {
      if (matcher.group("space") == null) {
        run.append(matcher.group());
        continue;
      }
      place(run, line, lines, columns);
    }
    place(run, line, lines, columns);
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static void place(
      StringBuilder run, StringBuilder line, List<String> lines, int columns) {
    if (run.isEmpty()) {
      return;
    }
    if (!line.isEmpty() && line.length() + 1 + run.length() > columns) {
      lines.add(line.toString());
      line.setLength(0);
      line.append("  ");
    } else if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(run);
    run.setLength(0);
  }
}
