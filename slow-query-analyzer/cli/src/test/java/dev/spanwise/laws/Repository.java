package dev.spanwise.laws;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The files of this repository. */
final class Repository {

  private static final Set<String> NOT_SOURCES = Set.of(".git", "target", "node_modules");

  private Repository() {}

  /** Its root, the nearest folder above the working directory that holds {@code mvnw}. */
  static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no folder above " + start + " holds mvnw");
  }

  /** The Java and template sources below {@code folder} that are not tests. */
  static List<Path> productionSources(Path folder) throws IOException {
    return files(
        folder, file -> hasExtension(file, ".java", ".jte") && !isTest(folder.relativize(file)));
  }

  /** The Java sources below {@code folder}, tests too. */
  static List<Path> javaSources(Path folder) throws IOException {
    return files(folder, file -> hasExtension(file, ".java"));
  }

  /** What people and Grafana read: pages everywhere, and all that dashboards and alerts are. */
  static List<Path> documents(Path root) throws IOException {
    return files(
        root,
        file ->
            (hasExtension(file, ".md") && !isTest(root.relativize(file)))
                || ((file.startsWith(root.resolve("dashboards"))
                        || file.startsWith(root.resolve("alerts")))
                    && hasExtension(file, ".json", ".yaml", ".yml", ".tmpl")));
  }

  private static boolean isTest(Path file) {
    return file.toString().replace('\\', '/').contains("src/test/");
  }

  private static boolean hasExtension(Path file, String... extensions) {
    return Arrays.stream(extensions).anyMatch(file.getFileName().toString()::endsWith);
  }

  private static List<Path> files(Path folder, Predicate<Path> wanted) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
            return NOT_SOURCES.contains(visited.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (wanted.test(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
