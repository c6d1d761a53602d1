package dev.spanwise.agent;

import java.nio.file.Path;
import java.util.Locale;

/** The agents that the extension is tested with, by the properties of the root pom. */
enum Agent {
  OLDEST,
  BETWEEN,
  NEWEST;

  Path jar() {
    return Path.of(System.getProperty("spanwise.agents"), name().toLowerCase(Locale.ROOT) + ".jar");
  }
}
