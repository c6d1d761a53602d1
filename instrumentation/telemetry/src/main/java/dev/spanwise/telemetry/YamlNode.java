package dev.spanwise.telemetry;

import java.util.List;
import java.util.Map;

/** A piece of YAML that knows its place. */
sealed interface YamlNode {

  /** From 1. */
  int line();

  /** Such as {@code areas[0].title}; empty for the whole document. */
  String path();

  /** A mapping, in the order of the file. */
  record Mapping(int line, String path, Map<String, YamlNode> entries) implements YamlNode {}

  /** A sequence. */
  record Sequence(int line, String path, List<YamlNode> items) implements YamlNode {}

  /** A scalar as it is written, whatever type YAML would give it; empty text for null. */
  record Scalar(int line, String path, String text) implements YamlNode {}
}
