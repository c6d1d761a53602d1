package dev.spanwise.analyzer.postgresql.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which file of a followed path to read. Stateless. */
final class LogFiles {

  private static final Comparator<Candidate> BY_TIME =
      Comparator.comparing(Candidate::modified).thenComparing(Candidate::path);

  /** What the server names its files, the one that tells most first. */
  private static final List<String> ENDINGS = List.of(".json", ".csv", ".log");

  private LogFiles() {}

  /**
   * @param key the path and the identity of the file that is there
   */
  record Candidate(Path path, String key, FileTime modified, long size) {}

  /** The file to begin with: of a directory, the newest. */
  static Optional<Candidate> first(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return Optional.of(candidate(path));
    }
    return inDirectory(path).stream().max(BY_TIME);
  }

  /**
   * The file that replaces {@code current} at its path or, in a directory, the earliest one that
   * was written to since and holds something unread.
   *
   * @param read how far other files have been read, by key; entries of truncated files are removed
   */
  static Optional<Candidate> after(Path path, Candidate current, Map<String, Long> read)
      throws IOException {
    if (!Files.isDirectory(path)) {
      try {
        return Optional.of(candidate(path)).filter(file -> !file.key().equals(current.key()));
      } catch (NoSuchFileException betweenRenameAndCreate) {
        return Optional.empty();
      }
    }
    FileTime since = modified(current);
    List<Candidate> files = inDirectory(path);
    // log_truncate_on_rotation begins a file of last week's name anew.
    files.forEach(
        file -> read.computeIfPresent(file.key(), (key, at) -> file.size() < at ? null : at));
    return files.stream()
        .filter(file -> !file.key().equals(current.key()))
        .filter(file -> file.modified().compareTo(since) >= 0)
        .filter(file -> file.size() > read.getOrDefault(file.key(), 0L))
        .min(BY_TIME);
  }

  private static FileTime modified(Candidate current) throws IOException {
    try {
      Candidate now = candidate(current.path());
      return now.key().equals(current.key()) ? now.modified() : current.modified();
    } catch (NoSuchFileException removed) {
      return current.modified();
    }
  }

  /** With several formats on, the server writes each entry to a file of each, of the same name. */
  private static List<Candidate> inDirectory(Path directory) throws IOException {
    List<Candidate> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.toList()) {
        if (isToBeRead(path)) {
          addUnlessRemoved(path, files);
        }
      }
    }
    return files;
  }

  private static void addUnlessRemoved(Path path, List<Candidate> files) throws IOException {
    try {
      files.add(candidate(path));
    } catch (NoSuchFileException sinceItWasListed) {
      // Old files are removed while the server goes on to a new one.
    }
  }

  private static boolean isToBeRead(Path path) {
    String name = path.getFileName().toString();
    int rank = ENDINGS.indexOf(name.substring(Math.max(0, name.lastIndexOf('.'))));
    return rank >= 0
        && ENDINGS.subList(0, rank).stream()
            .map(better -> name.substring(0, name.lastIndexOf('.')) + better)
            .noneMatch(sibling -> Files.exists(path.resolveSibling(sibling)));
  }

  private static Candidate candidate(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    Object key = attributes.fileKey();
    return new Candidate(
        path,
        // Where the file system has no identities (Windows), the creation time stands in.
        path + " " + (key == null ? attributes.creationTime() : key),
        attributes.lastModifiedTime(),
        attributes.size());
  }
}
