package dev.spanwise.analyzer.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of plain text: labels, wrapped words, aligned tables. */
final class TerminalText {

  private static final int COLUMNS = 100;
  private static final int LABEL = 11;

  enum Style {
    PLAIN(""),
    BOLD("1"),
    FAINT("2"),
    GOOD("32"),
    WARNING("33"),
    BAD("31");

    private final String code;

    Style(String code) {
      this.code = code;
    }

    static Style severity(String severity) {
      return switch (severity) {
        case "critical", "high" -> BAD;
        case "medium" -> WARNING;
        default -> PLAIN;
      };
    }
  }

  private final StringBuilder text = new StringBuilder();
  private final boolean colours;

  TerminalText(boolean colours) {
    this.colours = colours;
  }

  void blank() {
    int length = text.length();
    if (length < 2 || text.charAt(length - 1) != '\n' || text.charAt(length - 2) != '\n') {
      text.append('\n');
    }
  }

  void heading(String heading) {
    blank();
    line(Style.BOLD, heading);
  }

  void line(Style style, String line) {
    wrap(Characters.visible(line), COLUMNS)
        .forEach(part -> text.append(styled(style, part)).append('\n'));
  }

  /** A label and SQL to read. */
  void labelledSql(String label, String sql) {
    String prefix = label;
    for (String line : SqlText.lines(Characters.visible(sql), COLUMNS - LABEL)) {
      text.append(styled(Style.FAINT, prefix))
          .append(" ".repeat(LABEL - prefix.length()))
          .append(line)
          .append('\n');
      prefix = "";
    }
  }

  /** A label and its text; nothing where there is no text. */
  void labelled(String label, @Nullable String value) {
    labelled(label, Style.PLAIN, value);
  }

  void labelled(String label, Style style, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return;
    }
    String prefix = label;
    for (String part : wrap(Characters.visible(value), COLUMNS - LABEL)) {
      text.append(styled(Style.FAINT, prefix))
          .append(" ".repeat(LABEL - prefix.length()))
          .append(styled(style, part))
          .append('\n');
      prefix = "";
    }
  }

  /** SQL to copy: lines that mean the same as the statement. */
  void statement(String sql) {
    for (String line : SqlText.lines(sql, COLUMNS - 4)) {
      text.append("    ").append(Characters.visible(line)).append('\n');
    }
  }

  /** Columns whose heading starts with {@code >} are aligned to the right. */
  void table(List<String> headings, List<List<String>> rows) {
    List<List<String>> cells = new ArrayList<>();
    cells.add(headings.stream().map(heading -> heading.replaceFirst("^>", "")).toList());
    rows.forEach(row -> cells.add(row.stream().map(Characters::visible).toList()));
    int[] widths = new int[headings.size()];
    for (List<String> row : cells) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < widths.length; column++) {
        String padding = " ".repeat(widths[column] - width(row.get(column)));
        boolean right = headings.get(column).startsWith(">");
        line.append(right ? padding + row.get(column) : row.get(column) + padding).append("  ");
      }
      text.append(
              styled(
                  row == cells.get(0) ? Style.FAINT : Style.PLAIN, line.toString().stripTrailing()))
          .append('\n');
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private String styled(Style style, String part) {
    return !colours || style == Style.PLAIN || part.isEmpty()
        ? part
        : "\u001b[" + style.code + "m" + part + "\u001b[0m";
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }

  private static List<String> wrap(String value, int columns) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : value.lines().toList()) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.strip().split("\\s+", -1)) {
        if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
