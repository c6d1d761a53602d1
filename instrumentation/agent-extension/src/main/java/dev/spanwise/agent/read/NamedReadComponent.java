package dev.spanwise.agent.read;

import io.opentelemetry.api.incubator.config.DeclarativeConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.internal.ComponentProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The same for {@code otel.config.file}: a span processor named {@code spanwise}, with {@code
 * reads} below it, one key for each read.
 */
public final class NamedReadComponent implements ComponentProvider {
  private static final Logger logger = Logger.getLogger("dev.spanwise.agent");

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
    try {
      return new NamedReadProcessor(
          NamedReads.of(
              patterns(configuration),
              entry -> logger.warning("span processor spanwise: " + entry + ": it is left out")));
    } catch (RuntimeException | LinkageError e) {
      // What is thrown here would leave the application without the whole agent.
      logger.log(Level.WARNING, "the reads of the span processor spanwise are left out", e);
      return new NamedReadProcessor(NamedReads.of(Map.of(), entry -> {}));
    }
  }

  private static Map<String, String> patterns(DeclarativeConfigProperties configuration) {
    Map<String, String> patterns = new LinkedHashMap<>();
    DeclarativeConfigProperties reads = configuration.getStructured("reads");
    if (reads != null) {
      for (String name : reads.getPropertyKeys()) {
        patterns.put(name, reads.getString(name, ""));
      }
    }
    return patterns;
  }
}
