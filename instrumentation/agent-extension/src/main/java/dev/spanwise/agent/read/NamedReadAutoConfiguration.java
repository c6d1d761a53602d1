package dev.spanwise.agent.read;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads named by {@code otel.spanwise.reads}, or {@code OTEL_SPANWISE_READS} in the environment.
 */
public final class NamedReadAutoConfiguration implements AutoConfigurationCustomizerProvider {
  private static final Logger logger = Logger.getLogger("dev.spanwise.agent");
  private static final String READS = "otel.spanwise.reads";

  @Override
  public void customize(AutoConfigurationCustomizer configuration) {
    configuration.addTracerProviderCustomizer(NamedReadAutoConfiguration::withNamedReads);
  }

  private static SdkTracerProviderBuilder withNamedReads(
      SdkTracerProviderBuilder builder, ConfigProperties properties) {
    try {
      NamedReads reads =
          NamedReads.parse(
              properties.getString(READS, ""),
              entry -> logger.warning(READS + ": " + entry + ": it is left out"));
      if (!reads.isEmpty()) {
        builder.addSpanProcessor(new NamedReadProcessor(reads));
      }
    } catch (RuntimeException | LinkageError e) {
      // What is thrown here would leave the application without the whole agent.
      logger.log(Level.WARNING, READS + " is left out", e);
    }
    return builder;
  }
}
