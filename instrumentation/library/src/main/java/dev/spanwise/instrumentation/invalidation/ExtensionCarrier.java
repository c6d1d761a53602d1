package dev.spanwise.instrumentation.invalidation;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Propagators write and read the extensions of an envelope. The names of CloudEvents attributes are
 * lower-case letters and digits alone: {@code X-B3-TraceId} travels as {@code xb3traceid}.
 */
enum ExtensionCarrier
    implements TextMapSetter<Map<String, String>>, TextMapGetter<Map<String, String>> {
  INSTANCE;

  @Override
  public void set(@Nullable Map<String, String> carrier, String key, String value) {
    if (carrier != null) {
      carrier.put(attributeName(key), value);
    }
  }

  @Override
  public Iterable<String> keys(Map<String, String> carrier) {
    return carrier.keySet();
  }

  @Override
  public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
    return carrier == null ? null : carrier.get(attributeName(key));
  }

  private static String attributeName(String field) {
    for (int i = 0; i < field.length(); i++) {
      if (!isAllowed(field.charAt(i))) {
        return field.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
      }
    }
    return field;
  }

  private static boolean isAllowed(char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
  }
}
