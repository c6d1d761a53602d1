package dev.spanwise.analyzer.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.spanwise.analyzer.corpus.CorpusCase.Blocker;
import dev.spanwise.analyzer.corpus.CorpusCase.Cache;
import dev.spanwise.analyzer.corpus.CorpusCase.Labels;
import dev.spanwise.analyzer.corpus.Traffic.Parameter;
import dev.spanwise.analyzer.corpus.Traffic.Pool;
import dev.spanwise.analyzer.corpus.Traffic.Send;
import dev.spanwise.analyzer.corpus.Traffic.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Reads {@code case.yaml}, and refuses what its description does not know. */
final class CaseReader {

  /** The file in each case's folder. */
  static final String FILE = "case.yaml";

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Duration SLOWER_THAN = Duration.ofMillis(10);
  private static final int REQUESTS = 3;
  private static final Set<Integer> SERVERS = Set.of(15, 18);

  private CaseReader() {}

  /**
   * Reads the case of a folder.
   *
   * @throws IllegalArgumentException if the file breaks a rule; the message names file and field
   */
  static CorpusCase read(String schema, Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    String place = schema + "/" + folder.getFileName() + "/" + FILE;
    return read(schema, String.valueOf(folder.getFileName()), place, Files.readString(file));
  }

  static CorpusCase read(String schema, String name, String place, String yaml) {
    Fields fields;
    try {
      fields = new Fields(place, YAML.readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
    }
    CorpusCase read =
        new CorpusCase(
            schema,
            name,
            fields.text("about"),
            servers(fields),
            fields.duration("slower-than", SLOWER_THAN),
            fields.texts("set-up"),
            fields.textByName("settings"),
            fields.constant("cache", Cache.WARM),
            fields.durationOrNull("counted-for"),
            fields.mappings(
                "meanwhile",
                each -> new Blocker(each.text("sql"), each.duration("hold", Duration.ZERO))),
            new Traffic(
                fields.count("requests", REQUESTS),
                fields.mapping("pool", CaseReader::pool),
                fields.mappings("request", CaseReader::step)),
            labels(fields));
    fields.refuseOthers();
    if (read.traffic().steps().isEmpty()) {
      throw fields.wrong("request is missing");
    }
    return read;
  }

  private static Set<Integer> servers(Fields fields) {
    Set<Integer> named =
        fields.texts("servers").stream().map(Integer::valueOf).collect(Collectors.toSet());
    if (!SERVERS.containsAll(named)) {
      throw fields.wrong("servers are some of " + SERVERS + ", not " + named);
    }
    return named.isEmpty() ? SERVERS : named;
  }

  private static Pool pool(Fields fields) {
    return new Pool(
        fields.count("connections", 1),
        fields.count("concurrency", 1),
        fields.duration("hold", Duration.ZERO));
  }

  private static Step step(Fields fields) {
    return new Step(
        fields.text("sql"),
        fields.constant("send", Send.PREPARED),
        fields.mappings("parameters", CaseReader::parameter),
        fields.count("times", 1));
  }

  private static Parameter parameter(Fields fields) {
    Map.Entry<String, String> only = fields.only();
    return new Parameter(only.getKey(), only.getValue());
  }

  private static Labels labels(Fields fields) {
    Set<String> expected = rules(fields, "expected");
    Set<String> tolerated = rules(fields, "tolerated");
    Set<String> forbidden = rules(fields, "forbidden");
    if (forbidden.stream().anyMatch(rule -> expected.contains(rule) || tolerated.contains(rule))) {
      throw fields.wrong("forbidden names a rule that is expected or tolerated");
    }
    return new Labels(expected, tolerated, forbidden, patterns(fields));
  }

  private static Set<String> rules(Fields fields, String name) {
    Set<String> rules = new LinkedHashSet<>(fields.texts(name));
    for (String rule : rules) {
      if (!CatalogueRules.ALL.contains(rule)) {
        throw fields.wrong(name + " names no rule of the catalogue: " + rule);
      }
    }
    return rules;
  }

  private static List<String> patterns(Fields fields) {
    List<String> patterns = fields.texts("fixes");
    for (String pattern : patterns) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        throw fields.wrong("fixes has no regular expression: " + e.getMessage());
      }
    }
    return patterns;
  }
}
