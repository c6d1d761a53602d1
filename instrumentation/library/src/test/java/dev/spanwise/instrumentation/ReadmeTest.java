package dev.spanwise.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands between the marks of an example, which the tests run, the README shows. */
class ReadmeTest {
  private static final String MARK = "    // README\n";

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files.filter(file -> file.toString().endsWith("Example.java")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void showsTheExampleThatTheTestsRun(Path file) throws IOException {
    String[] parts = Files.readString(file).split(MARK, -1);
    String example =
        IntStream.range(0, parts.length)
            .filter(part -> part % 2 == 1)
            .mapToObj(part -> parts[part].replaceAll("(?m)^ {4}", ""))
            .collect(Collectors.joining("\n"));

    assertThat(example).isNotBlank();
    assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + example + "```\n");
  }
}
