package dev.spanwise.telemetry;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of spans, or a label of metrics, or both.
 *
 * @param name the dotted name
 * @param convention who defines it; null where Spanwise does
 * @param unit the unit of a number: {@code s}, {@code By}, {@code 1} or a thing in braces
 * @param brief what it says, one sentence or two
 * @param ownLabel the label's name in Prometheus where it is not the name with underscores
 * @param values the closed set of its values; empty where it is open
 * @param bound what bounds it as a label; null where it is a closed set or never a label
 * @param readers the code that reads it by name
 * @param privacy what of a person or a statement it could hold, and what is done about that
 */
public record DeclaredAttribute(
    String name,
    @Nullable Convention convention,
    AttributeType type,
    @Nullable String unit,
    Stability stability,
    String brief,
    @Nullable String ownLabel,
    List<AllowedValue> values,
    @Nullable Bound bound,
    List<Reader> readers,
    @Nullable String privacy) {

  public DeclaredAttribute {
    values = List.copyOf(values);
    readers = List.copyOf(readers);
  }

  /** Its name as a label in Prometheus. */
  public String label() {
    return Objects.requireNonNullElseGet(ownLabel, () -> name.replace('.', '_'));
  }

  boolean allows(String value) {
    return values.isEmpty() || values.stream().anyMatch(allowed -> allowed.value().equals(value));
  }
}
