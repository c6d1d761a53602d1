package dev.spanwise.instrumentation.jetstream;

import io.nats.client.impl.Headers;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message's headers as a carrier of trace context. */
enum MessageHeaders implements TextMapGetter<Headers>, TextMapSetter<Headers> {
  CARRIER;

  @Override
  public Iterable<String> keys(Headers headers) {
    return headers.keySet();
  }

  @Override
  public @Nullable String get(@Nullable Headers headers, String key) {
    if (headers == null) {
      return null;
    }
    List<String> values = headers.get(key);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  @Override
  public void set(@Nullable Headers headers, String key, String value) {
    if (headers != null) {
      headers.put(key, value);
    }
  }
}
