package dev.spanwise.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class PackagedClassesIT {

  @Test
  void nothingOfOpenTelemetryOrOfTheApplicationsLibrariesIsPackaged() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("spanwise.extension"))) {
      List<String> classes =
          jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")).toList();

      assertThat(classes).isNotEmpty().allMatch(name -> name.startsWith("dev/spanwise/"));
    }
  }
}
