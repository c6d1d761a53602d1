package dev.spanwise.telemetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found so far in one file. */
final class Mistakes {

  private final String file;
  private final List<Mistake> found = new ArrayList<>();

  Mistakes(String file) {
    this.file = file;
  }

  void add(YamlNode node, String rule) {
    add(node.line(), node.path(), rule);
  }

  void add(int line, String path, String rule) {
    found.add(new Mistake(file, line, path, rule));
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Mistake::line));
      throw new ContractException(found);
    }
  }
}
