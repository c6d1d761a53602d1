package dev.spanwise.agent.read;

import io.opentelemetry.api.incubator.config.DeclarativeConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.internal.ComponentProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The same for {@code otel.config.file}: a span processor named {@code spanwise}, with {@code
 * reads} below it, one key for each read.
 */
public final class NamedReadComponent implements ComponentProvider {

  @Override
  public Class<SpanProcessor> getType() {
    return SpanProcessor.class;
  }

  @Override
  public String getName() {
    return "spanwise";
  }

  @Override
  public SpanProcessor create(DeclarativeConfigProperties configuration) {
    Map<String, String> patterns = new LinkedHashMap<>();
    DeclarativeConfigProperties reads = configuration.getStructured("reads");
    if (reads != null) {
      for (String name : reads.getPropertyKeys()) {
        patterns.put(name, reads.getString(name, ""));
      }
    }
    return new NamedReadProcessor(NamedReads.of(patterns));
  }
}
