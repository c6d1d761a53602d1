package dev.spanwise.instrumentation.invalidation;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An invalidation as it travels: a <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents
 * 1.0 event in JSON</a> of the type {@value #TYPE}. {@code subject} holds the key, {@code time} the
 * commit's time, the extensions {@code sequence} the version, {@code recordedtime} the publishing's
 * time, and {@code traceparent} and what else the propagator has the context.
 *
 * @param id unique among the events of its source
 * @param source who published it, a URI reference such as {@code /orders}
 * @param write what was written
 * @param published when it was published; null where the publisher did not say
 * @param extensions the event's other attributes whose values are strings
 */
public record InvalidationEnvelope(
    String id,
    String source,
    Write write,
    @Nullable Instant published,
    Map<String, String> extensions) {
  /** The CloudEvents type of an invalidation. */
  public static final String TYPE = "dev.spanwise.cache.invalidated";

  /** The chars of the longest message that is read as an envelope. */
  public static final int MAX_LENGTH = 262_144;

  public InvalidationEnvelope {
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
  }

  /** The event in JSON. */
  public String toJson() {
    return EnvelopeWriter.write(this);
  }
}
