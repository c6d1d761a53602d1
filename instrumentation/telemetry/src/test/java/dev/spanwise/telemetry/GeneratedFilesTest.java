package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares what is generated from the contract with what is checked in. To write the files anew,
 * then read the difference:
 *
 * <pre>mvn -pl instrumentation/telemetry -am test -Dtest=GeneratedFilesTest \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dspanwise.golden.update=true</pre>
 */
class GeneratedFilesTest {

  private static final String HOW =
      "is not what telemetry.yaml says; write it anew with: ./mvnw test"
          + " -pl instrumentation/telemetry -am -Dtest=GeneratedFilesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dspanwise.golden.update=true";

  private static final Path ROOT = Path.of("../..");

  static Stream<Map.Entry<String, String>> files() throws IOException {
    TelemetryContract contract =
        TelemetryContract.read(ROOT.resolve("instrumentation/telemetry.yaml"));
    return GeneratedFiles.of(contract).entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsCheckedInIsWhatTheContractSays(Map.Entry<String, String> generated)
      throws IOException {
    Path file = ROOT.resolve(generated.getKey());
    if (Boolean.getBoolean("spanwise.golden.update")) {
      Files.writeString(file, generated.getValue());
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("%s %s", generated.getKey(), HOW)
        .isEqualTo(generated.getValue());
  }
}
