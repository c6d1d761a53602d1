package dev.spanwise.laws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SizeLawTest {

  private static final int LINES = 500;

  @Test
  void noProductionSourceIsLong() throws IOException {
    Path root = Repository.root();
    assertThat(Repository.productionSources(root)).hasSizeGreaterThan(100);
    assertThat(tooLong(root)).isEmpty();
  }

  @Test
  void aLongSourceIsFoundWhereverItIs(@TempDir Path root) throws IOException {
    Path main = Files.createDirectories(root.resolve("module/src/main/java"));
    Path tests = Files.createDirectories(root.resolve("module/src/test/java"));
    Path longSource = main.resolve("Long.java");
    Files.write(longSource, Collections.nCopies(LINES + 1, "//"));
    Files.write(main.resolve("Short.java"), Collections.nCopies(LINES, "//"));
    Files.write(tests.resolve("LongTest.java"), Collections.nCopies(LINES + 1, "//"));
    assertThat(tooLong(root)).containsExactly(longSource);
  }

  private static List<Path> tooLong(Path root) throws IOException {
    List<Path> tooLong = new ArrayList<>();
    for (Path source : Repository.productionSources(root)) {
      if (Files.readAllLines(source).size() > LINES) {
        tooLong.add(source);
      }
    }
    return tooLong;
  }
}
