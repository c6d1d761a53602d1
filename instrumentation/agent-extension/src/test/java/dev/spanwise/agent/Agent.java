package dev.spanwise.agent;

import java.nio.file.Path;

/** The agents that the extension is tested with, by the properties of the root pom. */
enum Agent {
  OLDEST,
  BETWEEN,
  NEWEST;

  Path jar() {
    return Path.of(
        System.getProperty("spanwise.agents"), name().toLowerCase(java.util.Locale.ROOT) + ".jar");
  }
}
