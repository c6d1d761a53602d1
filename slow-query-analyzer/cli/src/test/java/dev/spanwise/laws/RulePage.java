package dev.spanwise.laws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a rule's page has to have. */
final class RulePage {

  static final String FOLDER = "docs/rules";

  /** Lines of a page at most: it is read by somebody who was paged. */
  static final int LINES = 90;

  static final List<String> HEADINGS =
      List.of(
          "## Example",
          "## When it fires",
          "## When it is clear",
          "## When it is inconclusive",
          "## What to do",
          "## What it is not",
          "## Sources");

  private RulePage() {}

  /** What is wrong with a rule's page; empty where nothing is. */
  static List<String> faults(Path folder, String rule) throws IOException {
    String name = rule + ".md";
    Path page = folder.resolve(name);
    if (!Files.isRegularFile(page)) {
      return List.of(name + " is missing");
    }
    List<String> lines = Files.readAllLines(page);
    List<String> faults = new ArrayList<>();
    if (!lines.contains("# " + rule)) {
      faults.add("%s lacks \"# %s\"".formatted(name, rule));
    }
    HEADINGS.stream()
        .filter(heading -> !lines.contains(heading))
        .forEach(heading -> faults.add("%s lacks \"%s\"".formatted(name, heading)));
    if (lines.size() > LINES) {
      faults.add("%s is longer than %d lines".formatted(name, LINES));
    }
    return faults;
  }
}
