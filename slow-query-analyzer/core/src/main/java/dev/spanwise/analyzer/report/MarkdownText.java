package dev.spanwise.analyzer.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** GitHub-flavoured Markdown in which text of the input stays text. */
final class MarkdownText {

  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]|~$]");

  /** What would start a list or a heading. */
  private static final Pattern BLOCK_START = Pattern.compile("^(\\d*)([-+#=.)])");

  private static final Pattern BLANK_LINES = Pattern.compile("^(?:\\h*\\R)+");

  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private MarkdownText() {}

  /** Words within a line: no markup, no HTML, no mention, no line break. */
  static String words(String value) {
    String html = oneLine(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    String escaped = SPECIAL.matcher(html).replaceAll("\\\\$0");
    // A zero-width space keeps "@name" from calling someone.
    return BLOCK_START.matcher(escaped).replaceFirst("$1\\\\$2").replace("@", "@&#8203;");
  }

  /** A code span, also within a table. */
  static String code(String value) {
    String line = oneLine(value);
    if (line.isEmpty()) {
      return "";
    }
    String fence = fence(line, 1);
    String space = line.startsWith("`") || line.endsWith("`") ? " " : "";
    return fence + space + line.replace("|", "\\|") + space + fence;
  }

  static String codeBlock(String language, String value) {
    String visible = Characters.visible(value);
    String fence = fence(visible, 3);
    String lines = BLANK_LINES.matcher(visible).replaceFirst("").stripTrailing();
    return fence + language + "\n" + lines + "\n" + fence + "\n";
  }

  static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String fence(String value, int atLeast) {
    int longest =
        BACKTICKS.matcher(value).results().mapToInt(run -> run.group().length()).max().orElse(0);
    return "`".repeat(longest < atLeast ? atLeast : longest + 1);
  }

  private static String oneLine(String value) {
    return Characters.visible(value).replaceAll("\\s+", " ").strip();
  }
}
