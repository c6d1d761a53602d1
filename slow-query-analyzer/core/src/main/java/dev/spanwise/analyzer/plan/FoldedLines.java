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

  /** A mail can break the line before and inside each of the two brackets. */
  private static final int MOST_JOINED = 4;

  private FoldedLines() {}

  static List<TextLine> join(List<TextLine> lines) {
    List<TextLine> joined = new ArrayList<>(lines.size());
    int continuations = 0;
    for (TextLine line : lines) {
      TextLine before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (before != null && continuations < MOST_JOINED && continues(before.text(), line.text())) {
        continuations++;
        joined.set(
            joined.size() - 1,
            new TextLine(before.number(), before.indent(), before.text() + " " + line.text()));
      } else {
        continuations = 0;
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
