package dev.spanwise.testing.contract;

import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.Seam;
import dev.spanwise.testing.otlp.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An application as it is, to compare with. */
final class Uninstrumented {
  private Uninstrumented() {}

  /** Runs the application in this process. */
  static Exported run(Class<? extends Application> application, Map<String, String> settings)
      throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8)) {
      application.getConstructor().newInstance().run(new Seam() {}, settings, out);
    }
    return Exported.of(
        new Telemetry(List.of(), List.of()),
        output.toString(StandardCharsets.UTF_8).lines().toList());
  }
}
