package dev.spanwise.demo.planted;

import dev.spanwise.analyzer.cli.Main;
import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.instrumentation.fingerprint.Statement;
import dev.spanwise.instrumentation.jdbc.PostgresqlTelemetry;

/** What the demo may use of its siblings, and what it may not. */
public final class PlantedInDemo {

  private PlantedInDemo() {}

  public record UsesLibrary(PostgresqlTelemetry telemetry) {}

  public record UsesFingerprint(Statement statement) {}

  public record UsesAnalyzer(Plan plan) {}

  public record UsesCommandLine(Main main) {}
}
