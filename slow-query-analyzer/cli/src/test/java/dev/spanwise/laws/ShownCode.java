package dev.spanwise.laws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java that pages show. It is what stands in a compiled source between two lines {@code //
 * README}, without their indentation and the empty lines before the second; a block may join
 * several such parts of one source that follow one another, with an empty line between them.
 */
final class ShownCode {
  private static final String MARK = "// README";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  private ShownCode() {}

  /** Blocks of pages that are no marked code, and marked code that no page shows, by place. */
  static List<String> violations(Path root, List<Path> documents, List<Path> sources)
      throws IOException {
    Set<String> runs = new HashSet<>();
    List<String> unmatched = new ArrayList<>();
    StringBuilder shown = new StringBuilder();
    List<Part> parts = new ArrayList<>();
    for (Path source : sources) {
      String name = root.relativize(source).toString();
      List<Part> ofSource = parts(name, Files.readAllLines(source));
      parts.addAll(ofSource);
      runs.addAll(runs(ofSource));
    }
    for (Path document : documents) {
      String text = Files.readString(document);
      Matcher blocks = BLOCK.matcher(text);
      for (MatchResult block : blocks.results().toList()) {
        shown.append(block.group(1));
        if (!runs.contains(block.group(1))) {
          long line = text.substring(0, block.start()).lines().count() + 1;
          unmatched.add(root.relativize(document) + ":" + line + ": is no marked code of a source");
        }
      }
    }
    for (Part part : parts) {
      if (shown.indexOf(part.code()) < 0) {
        unmatched.add(part.place() + ": is shown by no page");
      }
    }
    return unmatched;
  }

  private record Part(String place, String code) {}

  private static List<Part> parts(String name, List<String> lines) {
    List<Part> parts = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().equals(MARK)) {
        if (start < 0) {
          start = i;
        } else {
          int indentation = lines.get(start).indexOf(MARK);
          StringBuilder code = new StringBuilder();
          for (String line : lines.subList(start + 1, i)) {
            code.append(line.substring(Math.min(indentation, line.length()))).append('\n');
          }
          parts.add(new Part(name + ":" + (start + 1), code.toString().stripTrailing() + "\n"));
          start = -1;
        }
      }
    }
    if (start >= 0) {
      throw new IllegalArgumentException(name + ":" + (start + 1) + ": is not closed");
    }
    return parts;
  }

  private static Set<String> runs(List<Part> parts) {
    Set<String> runs = new HashSet<>();
    for (int first = 0; first < parts.size(); first++) {
      StringBuilder run = new StringBuilder();
      for (Part part : parts.subList(first, parts.size())) {
        run.append(run.isEmpty() ? "" : "\n").append(part.code());
        runs.add(run.toString());
      }
    }
    return runs;
  }
}
