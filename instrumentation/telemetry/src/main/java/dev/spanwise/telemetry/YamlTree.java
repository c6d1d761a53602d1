package dev.spanwise.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses one YAML document without losing the places, which data binding does. */
final class YamlTree {

  private static final YAMLFactory YAML = new YAMLFactory();

  private final YAMLParser parser;
  private final Mistakes mistakes;

  private YamlTree(YAMLParser parser, Mistakes mistakes) {
    this.parser = parser;
    this.mistakes = mistakes;
  }

  /** The document's root; null where it is no YAML, which is then among the mistakes. */
  static @Nullable YamlNode parse(String text, Mistakes mistakes) throws IOException {
    try (YAMLParser parser = YAML.createParser(text)) {
      YamlTree tree = new YamlTree(parser, mistakes);
      if (parser.nextToken() == null) {
        mistakes.add(1, "", "the file is empty");
        return null;
      }
      YamlNode root = tree.node("");
      if (parser.nextToken() != null) {
        mistakes.add(tree.line(), "", "there is a second document");
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      // The lines in between quote the file.
      String reason =
          e.getOriginalMessage()
              .lines()
              .filter(part -> !part.startsWith(" "))
              .collect(Collectors.joining(", "));
      mistakes.add(line, "", "not YAML: " + reason);
      return null;
    }
  }

  private YamlNode node(String path) throws IOException {
    int line = line();
    if (parser.isCurrentAlias()) {
      mistakes.add(line, path, "an alias; write the value out");
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return new YamlNode.Mapping(line, path, entries(path));
    }
    if (token == JsonToken.START_ARRAY) {
      return new YamlNode.Sequence(line, path, items(path));
    }
    String text = token == JsonToken.VALUE_NULL ? "" : parser.getText();
    return new YamlNode.Scalar(line, path, text);
  }

  private Map<String, YamlNode> entries(String path) throws IOException {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = line();
      parser.nextToken();
      YamlNode value = node(path.isEmpty() ? key : path + "." + key);
      if (entries.putIfAbsent(key, value) != null) {
        mistakes.add(line, path, "the key \"" + key + "\" stands here twice");
      }
    }
    return entries;
  }

  private List<YamlNode> items(String path) throws IOException {
    List<YamlNode> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(path + "[" + items.size() + "]"));
    }
    return items;
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
