package dev.spanwise.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a program has printed since it was last started. */
record ProgramOutput(Path file) {
  private static final int END_LINES = 20;

  boolean contains(String text) {
    return read().contains(text);
  }

  /** Whether another process had the port; C library and Go differ in the first letter's case. */
  boolean saysPortIsTaken() {
    return contains("ddress already in use");
  }

  /** The last lines. */
  String end() {
    List<String> lines = read().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - END_LINES), lines.size()));
  }

  private String read() {
    try {
      return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
