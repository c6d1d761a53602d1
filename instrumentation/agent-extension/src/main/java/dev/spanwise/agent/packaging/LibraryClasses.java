package dev.spanwise.agent.packaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The names of the library's classes, and of those that it needs, as this jar holds them. The agent
 * loads them once more for each class loader of the application, between its own classes and the
 * application's, and must be told each by name.
 */
public final class LibraryClasses {
  private static final String LIST = "library-classes.txt";
  private static final String LIBRARY = "dev.spanwise.instrumentation.";

  private LibraryClasses() {}

  /**
   * The classes of some packages of the library, of its kernel, and of what it needs.
   *
   * @param features their packages, such as {@code jetstream}
   */
  public static List<String> of(String... features) {
    Predicate<String> wanted = name -> !name.startsWith(LIBRARY);
    for (String feature : features) {
      wanted = wanted.or(name -> name.startsWith(LIBRARY + feature + "."));
    }
    wanted = wanted.or(name -> name.startsWith(LIBRARY + "telemetry."));
    try (InputStream list = LibraryClasses.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException("the jar lacks its list " + LIST);
      }
      Stream<String> names =
          new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8)).lines();
      return names.filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
