package dev.spanwise.telemetry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** That a span or a metric was seen, and with which values of its attributes. */
final class Sightings {

  private boolean any;
  private final Map<String, Set<String>> values = new HashMap<>();

  void add() {
    any = true;
  }

  /** Returns how many different values the attribute has had. */
  int add(String attribute, String value) {
    Set<String> seen = values.computeIfAbsent(attribute, name -> new HashSet<>());
    seen.add(value);
    return seen.size();
  }

  boolean any() {
    return any;
  }

  boolean has(String attribute) {
    return values.containsKey(attribute);
  }
}
