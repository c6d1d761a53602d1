package dev.spanwise.instrumentation.planted;

import dev.spanwise.analyzer.plan.Plan;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.instrumentation.fingerprint.Statement;

/** What instrumentation may use of others, and what it may not. */
public final class PlantedInInstrumentation {

  private PlantedInInstrumentation() {}

  public record UsesFingerprint(Statement statement) {}

  public record UsesAnalyzer(Plan plan) {}

  public record UsesDemo(DemoDatabase database) {}
}
