package dev.spanwise.analyzer.report;

import dev.spanwise.analyzer.report.TraceOutline.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A trace as indented lines, few of them: for a terminal and for Markdown. */
final class TraceText {

  static final List<String> HEADINGS = List.of(">start", ">took", "span");

  private static final int ROWS = 14;
  private static final int COLUMNS = 78;
  private static final int DEEPEST = 12;
  private static final int SHORTEST_NAME = 20;

  private TraceText() {}

  /** Start, duration and span of each row. */
  static List<List<String>> rows(TraceOutline outline) {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : outline.brief(ROWS)) {
      rows.add(
          List.of(
              Quantity.milliseconds(row.span().startOffsetMs()),
              Quantity.milliseconds(row.span().durationMs()),
              line(row)));
    }
    return rows;
  }

  /** What {@link #rows} leaves out, in words; empty where it is all there. */
  static String more(TraceOutline outline) {
    long shown = Math.min(ROWS, outline.rows().size());
    long more = outline.trace().spans().size() + outline.trace().spansOmitted() - shown;
    return more == 0 ? "" : "and " + Quantity.count(more, "more span");
  }

  private static String line(Row row) {
    String behind =
        (row.entersService() ? " · " + row.span().service() : "")
            + (row.span().error() ? " · failed" : "")
            + row.remarks().stream()
                .map(remark -> " (" + remark + ")")
                .collect(Collectors.joining());
    String indent = "  ".repeat(Math.min(row.depth(), DEEPEST));
    int left = Math.max(SHORTEST_NAME, COLUMNS - indent.length() - behind.length());
    return indent + cut(oneLine(row.span().name()), left) + oneLine(behind);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String cut(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)).stripTrailing() + "…";
  }
}
