package dev.spanwise.analyzer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The files that a command line names, {@code -} being standard input. */
final class InputFiles {

  private static final String STANDARD_INPUT = "-";

  private InputFiles() {}

  static String name(String file) {
    return file.equals(STANDARD_INPUT) ? "standard input" : file;
  }

  static InputStream open(String file) throws IOException {
    return file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file));
  }

  /** Refuses what cannot be read at all, before any work is done. */
  static void check(List<String> files) {
    if (files.stream().filter(STANDARD_INPUT::equals).count() > 1) {
      throw CommandFailure.wrongInput("standard input (-) is named twice: it can be read once");
    }
    for (String file : files) {
      if (!file.equals(STANDARD_INPUT)) {
        check(file);
      }
    }
  }

  private static void check(String file) {
    try {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        throw cannotBeRead(file, "it is a directory");
      }
      // Opening a pipe (a process substitution) and closing it again would end its writer.
      if (!Files.exists(path) || Files.isRegularFile(path)) {
        Files.newInputStream(path).close();
      }
    } catch (IOException e) {
      throw cannotBeRead(file, FileProblem.of(e));
    } catch (InvalidPathException e) {
      throw cannotBeRead(file, "it is no file name");
    }
  }

  static CommandFailure cannotBeRead(String file, String reason) {
    return CommandFailure.wrongInput(name(file) + " cannot be read: " + reason);
  }
}
