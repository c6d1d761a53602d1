package dev.spanwise.analyzer.postgresql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever stands in an input, the readers end, throw nothing that they do not declare, and say the
 * same of it each time.
 *
 * <p>In a plain build these run on the files of {@code ReaderFuzzTestInputs}: what real servers
 * wrote, and what fuzzing found. The profile {@code spanwise-fuzz} has Jazzer search for more.
 */
class ReaderFuzzTest {

  @FuzzTest
  void textPlan(byte[] input) {
    FuzzedPlan.check(input);
  }

  @FuzzTest
  void jsonPlan(byte[] input) {
    FuzzedPlan.check(input);
  }

  @FuzzTest
  void stderrLog(byte[] input) throws IOException {
    FuzzedLog.check(input);
  }

  @FuzzTest
  void csvLog(byte[] input) throws IOException {
    FuzzedLog.check(input);
  }

  @FuzzTest
  void jsonLog(byte[] input) throws IOException {
    FuzzedLog.check(input);
  }

  /** Seeds that are refused at once would teach the fuzzer nothing. */
  @ParameterizedTest
  @MethodSource("recorded")
  void whatWasRecordedIsRead(Path seed) throws IOException {
    byte[] input = Files.readAllBytes(seed);

    boolean log = String.valueOf(seed.getParent()).endsWith("Log");
    assertThat(log ? FuzzedLog.check(input) : FuzzedPlan.check(input)).isNotEmpty();
  }

  static Stream<Path> recorded() throws IOException, URISyntaxException {
    URL inputs = Objects.requireNonNull(ReaderFuzzTest.class.getResource("ReaderFuzzTestInputs"));
    try (Stream<Path> files = Files.walk(Path.of(inputs.toURI()))) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("recorded-"))
          .toList()
          .stream();
    }
  }
}
