package dev.spanwise.agent.jetstream;

import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import io.nats.client.Connection;
import io.opentelemetry.api.GlobalOpenTelemetry;

/** The library, once for each class loader that has jnats. */
public final class JetStreams {
  private static final JetStreamTelemetry TELEMETRY =
      JetStreamTelemetry.create(Telemetry.of(GlobalOpenTelemetry.get()));

  private JetStreams() {}

  public static <T> T instrumented(Connection connection, Class<T> type, T given) {
    return TELEMETRY.wrapGiven(connection, type, given);
  }
}
