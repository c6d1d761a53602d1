package dev.spanwise.telemetry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span that is made here, or one of others that attributes are added to.
 *
 * @param id its name in the contract
 * @param names the names it can have; an attribute in braces stands for its value
 * @param madeBy who makes the span, where attributes are only added to it; null where it is ours
 * @param attributes the names of the attributes that it can have
 */
public record DeclaredSpan(
    String id,
    List<String> names,
    SpanKind kind,
    @Nullable String madeBy,
    List<String> attributes,
    Stability stability,
    String brief,
    List<Emitter> emitters) {

  public DeclaredSpan {
    names = List.copyOf(names);
    attributes = List.copyOf(attributes);
    emitters = List.copyOf(emitters);
  }
}
