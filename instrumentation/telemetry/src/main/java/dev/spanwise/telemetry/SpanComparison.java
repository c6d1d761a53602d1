package dev.spanwise.telemetry;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Compares spans with the contract, one after the other. */
final class SpanComparison {

  private final TelemetryContract contract;
  private final Map<String, Sightings> seen = new HashMap<>();
  private final Set<String> violations = new LinkedHashSet<>();

  SpanComparison(TelemetryContract contract) {
    this.contract = contract;
  }

  Set<String> violations() {
    return violations;
  }

  Sightings seen(DeclaredSpan span) {
    return seen.computeIfAbsent(span.id(), id -> new Sightings());
  }

  void add(ObservedSpan span) {
    Set<String> keys = span.isOurs() ? span.attributes().keySet() : oursOf(span);
    if (!span.isOurs() && keys.isEmpty()) {
      return;
    }
    contract.spans().stream()
        .filter(declared -> couldBe(span, declared))
        .min(Comparator.comparingLong(declared -> undeclared(keys, declared).size()))
        .ifPresentOrElse(
            declared -> attributes(span, declared, keys),
            () ->
                violations.add(
                    "the %s span \"%s\" of %s is not declared%s"
                        .formatted(
                            Fields.written(span.kind()),
                            span.name(),
                            span.scope(),
                            span.isOurs() ? "" : " to get " + String.join(", ", keys))));
  }

  private static boolean couldBe(ObservedSpan span, DeclaredSpan declared) {
    if (declared.kind() != span.kind()) {
      return false;
    }
    return span.isOurs()
        ? declared.madeBy() == null
            && declared.names().stream().anyMatch(name -> written(name, span).equals(span.name()))
        : declared.madeBy() != null;
  }

  private void attributes(ObservedSpan span, DeclaredSpan declared, Set<String> keys) {
    Sightings sightings = seen(declared);
    sightings.add();
    for (String key : undeclared(keys, declared)) {
      violations.add("the span %s has the undeclared attribute %s".formatted(declared.id(), key));
    }
    for (String name : declared.attributes()) {
      Object value = span.attributes().get(name);
      if (value != null) {
        sightings.add(name, "");
        value(declared, Objects.requireNonNull(contract.attribute(name), name), value);
      }
    }
  }

  private void value(DeclaredSpan span, DeclaredAttribute attribute, Object value) {
    boolean typed =
        switch (attribute.type()) {
          case STRING -> value instanceof String;
          case INT -> value instanceof Long || value instanceof Integer;
          case DOUBLE -> value instanceof Double;
          case BOOLEAN -> value instanceof Boolean;
        };
    if (!typed) {
      violations.add(
          "the attribute %s of the span %s is a %s, not of the type %s"
              .formatted(
                  attribute.name(),
                  span.id(),
                  value.getClass().getSimpleName(),
                  Fields.written(attribute.type())));
    } else if (!attribute.allows(value.toString())) {
      violations.add(
          "the attribute %s of the span %s is \"%s\", which is outside its closed set"
              .formatted(attribute.name(), span.id(), value));
    }
  }

  /** The attributes of somebody else's span that only we set. */
  private Set<String> oursOf(ObservedSpan span) {
    return span.attributes().keySet().stream()
        .filter(
            key -> {
              DeclaredAttribute declared = contract.attribute(key);
              return key.startsWith("spanwise.")
                  || (declared != null && declared.convention() == Convention.COLLECTOR_POSTGRESQL);
            })
        .collect(Collectors.toSet());
  }

  private static List<String> undeclared(Set<String> keys, DeclaredSpan declared) {
    return keys.stream().filter(key -> !declared.attributes().contains(key)).sorted().toList();
  }

  /** A declared name with the span's values in place of its attributes. */
  private static String written(String name, ObservedSpan span) {
    return ContractRules.PLACEHOLDER
        .matcher(name)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(String.valueOf(span.attributes().get(found.group(1)))));
  }
}
