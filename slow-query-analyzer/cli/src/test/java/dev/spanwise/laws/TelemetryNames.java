package dev.spanwise.laws;

import dev.spanwise.telemetry.DeclaredAttribute;
import dev.spanwise.telemetry.DeclaredMetric;
import dev.spanwise.telemetry.GeneratedFiles;
import dev.spanwise.telemetry.TelemetryContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of attributes and metrics that files use, held against the contract. */
final class TelemetryNames {

  /**
   * A name of ours, dotted or as Prometheus has it. What stands before keeps package names, options
   * of the JVM and paths out. An asterisk at the end leaves the rest of the name open.
   */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w.$/-])(?:spanwise[._][a-zA-Z][\\w.]*+|postgresql[._]pid\\b)\\*?");

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*+)\"");

  /** Names that begin as ours do and are of something else. */
  private static final Map<String, String> OF_SOMETHING_ELSE =
      Map.of(
          "spanwise_what_if", "prepared statements and hypothetical indexes on a server",
          "spanwise_heartbeat", "the table of the library's replication monitor",
          "spanwise.benchmarks.", "system properties of benchmarks",
          "spanwise.test.", "system properties of tests");

  /** Modules that send or expect what an application would: a constant would hide a change. */
  private static final Pattern FOR_TESTS = Pattern.compile("\\b(benchmarks|testing)[/\\\\]src\\b");

  private final Set<String> declared = new HashSet<>();
  private final Set<Path> generated;

  TelemetryNames(TelemetryContract contract) {
    for (DeclaredAttribute attribute : contract.attributes()) {
      declared.add(attribute.name());
      declared.add(attribute.label());
    }
    contract.metrics().stream().map(DeclaredMetric::name).forEach(declared::add);
    declared.addAll(contract.prometheusNames());
    generated = GeneratedFiles.paths(contract);
  }

  /** Where files use names that are not declared: {@code docs/page.md:3: spanwise.typo}. */
  List<String> undeclared(Path root, List<Path> files) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Path file : files) {
      // Written from the contract, which a test of its module compares.
      if (generated.contains(root.relativize(file))) {
        continue;
      }
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher name = NAME.matcher(lines.get(i));
        while (name.find()) {
          if (!isDeclared(name.group())) {
            faults.add("%s:%d: %s".formatted(root.relativize(file), i + 1, name.group()));
          }
        }
      }
    }
    return faults;
  }

  /** Where sources write a name as a literal instead of using its generated constant. */
  List<String> literals(Path root, List<Path> sources) throws IOException {
    List<String> faults = new ArrayList<>();
    for (Path source : sources) {
      Path path = root.relativize(source);
      if (generated.contains(path) || FOR_TESTS.matcher(path.toString()).find()) {
        continue;
      }
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        Matcher literal = LITERAL.matcher(lines.get(i));
        while (literal.find()) {
          String text = literal.group(1);
          if (NAME.matcher(text).matches() && !isOfSomethingElse(text)) {
            faults.add("%s:%d: \"%s\"".formatted(path, i + 1, text));
          }
        }
      }
    }
    return faults;
  }

  private boolean isDeclared(String name) {
    if (isOfSomethingElse(name)) {
      return true;
    }
    if (name.endsWith("*")) {
      String start = name.substring(0, name.length() - 1);
      return declared.stream().anyMatch(each -> each.startsWith(start));
    }
    // A sentence may end with the name.
    String whole = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    return declared.contains(whole);
  }

  private static boolean isOfSomethingElse(String name) {
    return OF_SOMETHING_ELSE.keySet().stream().anyMatch(name::startsWith);
  }
}
