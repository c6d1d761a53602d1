package dev.spanwise.telemetry;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a generated Java file line by line, formatted as the style check wants it. */
final class JavaSource {

  private final StringBuilder text = new StringBuilder();
  private String indent = "";

  JavaSource line(String line) {
    text.append(line.isEmpty() ? "" : indent + line).append('\n');
    return this;
  }

  /** The first lines of every generated file. */
  JavaSource header(String packageName) {
    return line("// Generated from instrumentation/telemetry.yaml; how: instrumentation/telemetry/README.md.")
        .line("package " + packageName + ";")
        .line("");
  }

  /** Opens a block, to be closed with {@link #close}. */
  JavaSource open(String head) {
    line(head + " {");
    indent += "  ";
    return this;
  }

  JavaSource close() {
    indent = indent.substring(2);
    return line("}");
  }

  JavaSource javadoc(String sentences) {
    String escaped = sentences.replace("&", "&amp;").replace("<", "&lt;").replace("*/", "*&#47;");
    if (indent.length() + escaped.length() + 7 <= JavaExpression.COLUMNS) {
      return line("/** " + escaped + " */");
    }
    line("/**");
    StringBuilder row = new StringBuilder();
    for (String word : escaped.split(" ", -1)) {
      boolean full = indent.length() + 4 + row.length() + word.length() > JavaExpression.COLUMNS;
      if (full && !row.isEmpty()) {
        line(" * " + row.toString().stripTrailing());
        row.setLength(0);
      }
      row.append(word).append(' ');
    }
    return line(" * " + row.toString().stripTrailing()).line(" */");
  }

  /** A constant: {@code modifiers type NAME = value;}. */
  JavaSource constant(String declaration, JavaExpression value) {
    String start = declaration + " =";
    if (indent.length() + start.length() + 1 + value.flat().length() + 1
        <= JavaExpression.COLUMNS) {
      return line(start + " " + value.flat() + ";");
    }
    line(start);
    return line("    " + value.render(indent.length() + 4, 1) + ";");
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** A dotted name as a constant's: {@code SPANWISE_READ_NAME}. */
  static String constantName(String name) {
    return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** A dotted name as a type's, our prefix left out: {@code ReadName}. */
  static String typeName(String name) {
    String own = name.startsWith("spanwise.") ? name.substring("spanwise.".length()) : name;
    return Stream.of(own.split("[._]", -1))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
