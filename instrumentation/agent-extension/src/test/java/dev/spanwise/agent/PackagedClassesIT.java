package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * {@code ./mvnw -pl instrumentation/agent-extension -am verify -Dspanwise.update} writes the list
 * anew.
 */
class PackagedClassesIT {
  private static final Path LIST =
      Path.of("src/main/resources/dev/spanwise/agent/packaging/library-classes.txt");

  @Test
  void theListOfTheLibrarysClassesIsThatOfTheJar() throws IOException {
    List<String> packaged =
        entries().stream()
            .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
            .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            .filter(
                name ->
                    name.matches(
                        "dev\\.spanwise\\.(instrumentation|agent\\.(logging|shaded))\\..*"))
            .sorted()
            .toList();
    if (System.getProperty("spanwise.update") != null) {
      Files.write(LIST, packaged);
    }

    assertThat(Files.readAllLines(LIST)).isEqualTo(packaged);
  }

  @Test
  void nothingOfOpenTelemetryOrOfTheApplicationsLibrariesIsPackaged() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(name -> name.startsWith("dev/spanwise/"));
  }

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("spanwise.extension"))) {
      return jar.stream().map(JarEntry::getName).toList();
    }
  }
}
