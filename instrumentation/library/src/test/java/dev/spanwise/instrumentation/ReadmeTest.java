package dev.spanwise.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows code that the tests compile and run, and all of what is marked for it. */
class ReadmeTest {
  private static final String MARK = "    // README\n";
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```\n", Pattern.DOTALL);

  @Test
  void everyExampleIsCodeThatTheTestsRun() throws IOException {
    List<String> runs = new ArrayList<>();
    for (List<String> parts : markedParts()) {
      for (int from = 0; from < parts.size(); from++) {
        for (int to = from + 1; to <= parts.size(); to++) {
          runs.add(String.join("\n", parts.subList(from, to)));
        }
      }
    }

    assertThat(blocks()).isNotEmpty().allSatisfy(block -> assertThat(runs).contains(block));
  }

  @Test
  void everyMarkedPartIsShown() throws IOException {
    List<String> blocks = blocks();

    assertThat(markedParts())
        .isNotEmpty()
        .allSatisfy(
            parts ->
                assertThat(parts)
                    .isNotEmpty()
                    .allSatisfy(
                        part -> assertThat(blocks).anyMatch(block -> block.contains(part))));
  }

  private static List<String> blocks() throws IOException {
    Matcher matcher = BLOCK.matcher(Files.readString(Path.of("README.md")));
    return matcher.results().map(result -> result.group(1)).toList();
  }

  private static List<List<String>> markedParts() throws IOException {
    List<List<String>> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      for (Path file : files.filter(name -> name.toString().endsWith("Example.java")).toList()) {
        String[] pieces = Files.readString(file).split(MARK, -1);
        List<String> marked = new ArrayList<>();
        for (int piece = 1; piece < pieces.length; piece += 2) {
          marked.add(pieces[piece].replaceAll("(?m)^ {4}", ""));
        }
        all.add(marked);
      }
    }
    return all;
  }
}
