package dev.spanwise.analyzer.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The schemas and cases of a folder.
 *
 * @param folder holds a folder for each schema
 * @param cases in the order of their ids
 */
record Corpus(Path folder, List<CorpusCase> cases) {

  Corpus {
    cases = List.copyOf(cases);
  }

  /** The corpus of this module. */
  static Corpus load() throws IOException {
    return load(Path.of("cases").toAbsolutePath());
  }

  static Corpus load(Path folder) throws IOException {
    List<CorpusCase> cases = new ArrayList<>();
    for (Path schema : folders(folder)) {
      for (Path each : folders(schema)) {
        cases.add(CaseReader.read(String.valueOf(schema.getFileName()), each));
      }
    }
    return new Corpus(folder, cases);
  }

  /** The schemas that have cases. */
  List<String> schemas() {
    return cases.stream().map(CorpusCase::schema).distinct().toList();
  }

  CorpusCase named(String id) {
    return cases.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** The statements that make a schema and fill it. */
  Path script(String schema) {
    return folder.resolve(schema).resolve("schema.sql");
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).sorted().toList();
    }
  }
}
