package dev.spanwise.agent.jetstream;

import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.nats.client.Connection;
import io.opentelemetry.api.GlobalOpenTelemetry;
import java.util.Locale;

/** The library, once for each class loader that has jnats. */
public final class JetStreams {
  private static final String PULLED_MESSAGES_CURRENT =
      "otel.spanwise.jetstream.pulled-messages-current";

  // An unchanged loop cannot say where the work on a message begins and ends. So that what it does
  // is in the message's trace, the span is current, as the agent does it for other brokers.
  private static final JetStreamTelemetry TELEMETRY =
      JetStreamTelemetry.builder(Telemetry.of(GlobalOpenTelemetry.get()))
          .pulledMessagesCurrent(isEnabled(PULLED_MESSAGES_CURRENT))
          .build();

  private JetStreams() {}

  private static boolean isEnabled(String property) {
    String variable = property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    String value = System.getProperty(property, System.getenv().getOrDefault(variable, "true"));
    return !value.equalsIgnoreCase("false");
  }

  public static <T> T instrumented(Connection connection, Class<T> type, T given) {
    return TELEMETRY.wrapGiven(connection, type, given);
  }
}
