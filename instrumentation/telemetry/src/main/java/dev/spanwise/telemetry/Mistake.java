package dev.spanwise.telemetry;

/**
 * One thing that is wrong in a contract.
 *
 * @param line the line, from 1
 * @param path the place, such as {@code areas[0].metrics[2].unit}; empty for the whole file
 * @param rule the rule that it breaks, with what was found
 */
public record Mistake(String file, int line, String path, String rule) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + rule;
  }
}
