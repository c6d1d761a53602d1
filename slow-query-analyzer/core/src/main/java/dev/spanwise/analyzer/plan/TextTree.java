package dev.spanwise.analyzer.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One plan of text output. Indentation alone says what belongs to what: a node's lines stand deeper
 * than its arrow, and so do its children's arrows.
 */
final class TextTree {

  /** With two spaces; a page may have made one of them. */
  private static final String ARROW = "-> ";

  private static final int MAXIMUM_DEPTH = 400;
  private static final Pattern SUBPLAN = Pattern.compile("(?:InitPlan|SubPlan|CTE) .+");

  /** Lines of a node that do not stand at the plan's own indentation unless it was lost. */
  private static final Set<String> LINES_OF_NODES =
      Set.of(
          "Filter",
          "Index Cond",
          "Recheck Cond",
          "Hash Cond",
          "Merge Cond",
          "Join Filter",
          "One-Time Filter",
          "Sort Key",
          "Group Key",
          "Output",
          "Buffers",
          "Sort Method",
          "Rows Removed by Filter",
          "Heap Fetches",
          "Workers Planned",
          "Function Call");

  private final List<TextLine> lines;
  private final TextLine root;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private final ObjectNode plan = JsonNodeFactory.instance.objectNode();
  private int next;
  private @Nullable String subplanName;

  /** What a deeper line belongs to: a node, or a block such as {@code Worker 0:}. */
  private record Frame(int indent, ObjectNode object, boolean node) {}

  TextTree(List<TextLine> lines, int start) {
    this.lines = lines;
    this.root = lines.get(start);
    this.next = start;
  }

  ObjectNode plan() {
    return plan;
  }

  /** Reads until the next plan starts or the input ends; returns the index of the line after. */
  int read() throws PlanFormatException {
    if (root.text().startsWith(ARROW)) {
      throw root.refused("expected the topmost node, found a child: the plan's head is missing");
    }
    ObjectNode node = TextNode.parseTopmost(root);
    plan.set("Plan", node);
    frames.push(new Frame(root.indent(), node, true));
    next++;
    while (next < lines.size() && !startsPlan()) {
      TextLine line = lines.get(next++);
      try {
        read(line);
      } catch (UnsupportedOperationException otherwise) {
        // Jackson's word for a list or a block whose name has a plain value already.
        throw line.refused("the same name has a value of another kind before");
      }
    }
    if (subplanName != null) {
      throw lastLine().refused("expected the node of \"" + subplanName + "\"");
    }
    CutOff.check(node, lastLine());
    TextDefaults.fill(node);
    return next;
  }

  private void read(TextLine line) throws PlanFormatException {
    if (line.text().startsWith(ARROW)) {
      child(line);
    } else if (line.indent() <= root.indent() + 1) {
      planLine(line);
    } else {
      nodeLine(line);
    }
  }

  private TextLine lastLine() {
    return lines.get(next - 1);
  }

  /** Rewritten statements stand one after the other with an empty line between. */
  private boolean startsPlan() {
    TextLine line = lines.get(next);
    return line.blank() || (line.indent() <= root.indent() + 1 && TextNode.hasNumbers(line.text()));
  }

  private void child(TextLine line) throws PlanFormatException {
    Frame parent = owner(line);
    if (frames.size() > MAXIMUM_DEPTH) {
      throw line.refused("nodes nest deeper than " + MAXIMUM_DEPTH);
    }
    ObjectNode node = TextNode.parse(line, line.text().substring(ARROW.length()).stripLeading());
    TextNode.place(node, parent.object(), subplanName);
    subplanName = null;
    frames.push(new Frame(line.indent(), node, true));
  }

  private Frame owner(TextLine line) throws PlanFormatException {
    while (!frames.isEmpty() && frames.getFirst().indent() >= line.indent()) {
      frames.pop();
    }
    Frame owner = frames.peek();
    if (owner == null) {
      throw line.refused("expected more indentation than the line that it belongs to");
    }
    return owner;
  }

  private void nodeLine(TextLine line) throws PlanFormatException {
    Frame owner = owner(line);
    if (owner.node() && SUBPLAN.matcher(line.text()).matches()) {
      subplanName = line.text();
    } else if (owner.node() && TextNode.isTarget(owner.object(), line.text())) {
      TextNode.addTarget(owner.object(), line.text());
    } else {
      TextLine whole = join(line);
      ObjectNode block = TextDetail.put(whole, owner.object());
      if (block != null) {
        frames.push(new Frame(line.indent(), block, false));
      }
    }
  }

  private void planLine(TextLine line) throws PlanFormatException {
    String name = TextDetail.name(line);
    if (LINES_OF_NODES.contains(name)) {
      throw line.refused("expected \"" + name + "\" to be indented below its node");
    }
    frames.clear();
    ObjectNode block = TextSummary.put(line, plan);
    if (block != null) {
      frames.push(new Frame(line.indent(), block, false));
    }
  }

  /** A line break in a literal or a quoted name does not end the value. */
  private TextLine join(TextLine line) {
    char open = ExpressionList.openAfter(line.text(), ExpressionList.CLOSED);
    if (open == ExpressionList.CLOSED) {
      return line;
    }
    StringBuilder text = new StringBuilder(line.text());
    for (int i = next; i < lines.size(); i++) {
      String raw = lines.get(i).raw();
      text.append('\n').append(raw);
      open = ExpressionList.openAfter(raw, open);
      if (open == ExpressionList.CLOSED) {
        next = i + 1;
        return new TextLine(line.number(), line.indent(), text.toString());
      }
    }
    // An unquoted name with a quote in it, which opens nothing.
    return line;
  }
}
