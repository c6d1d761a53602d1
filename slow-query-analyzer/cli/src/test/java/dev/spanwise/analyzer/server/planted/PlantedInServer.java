package dev.spanwise.analyzer.server.planted;

import dev.spanwise.analyzer.cli.Main;
import dev.spanwise.instrumentation.fingerprint.Statement;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;
import dev.spanwise.telemetry.TelemetryContract;

/** What the analyzer's modules may use of others, and what they may not. */
public final class PlantedInServer {

  private PlantedInServer() {}

  public record UsesFingerprint(Statement statement) {}

  public record UsesLibrary(PostgresqlTelemetry telemetry) {}

  public record UsesContract(TelemetryContract contract) {}

  public record UsesCommandLine(Main main) {}
}
