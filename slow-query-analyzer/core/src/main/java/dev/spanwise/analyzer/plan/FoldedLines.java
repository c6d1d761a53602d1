package dev.spanwise.analyzer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Joins the lines of nodes that a mail program or a page has folded: their numbers stand in
 * brackets, so that a line that begins with one, or follows one that is open, is no line of a plan.
 * Stateless.
 */
final class FoldedLines {

  private static final Pattern NUMBERS = Pattern.compile("\\((?:cost=|actual |never ).*");
  private static final Pattern OPEN =
      Pattern.compile(".*\\((?:(?:cost=|actual )[^()]*|actual|never)");
  private static final Pattern REST = Pattern.compile("[a-z0-9.=][^():]*\\).*");

  private FoldedLines() {}

  static List<TextLine> join(List<TextLine> lines) {
    List<TextLine> joined = new ArrayList<>(lines.size());
    for (TextLine line : lines) {
      TextLine before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (before != null && continues(before.text(), line.text())) {
        joined.set(
            joined.size() - 1,
            new TextLine(before.number(), before.indent(), before.text() + " " + line.text()));
      } else {
        joined.add(line);
      }
    }
    return joined;
  }

  private static boolean continues(String before, String text) {
    if (text.isEmpty()) {
      return false;
    }
    return text.charAt(0) == '('
        ? NUMBERS.matcher(text).matches()
        : REST.matcher(text).matches() && OPEN.matcher(before).matches();
  }
}
