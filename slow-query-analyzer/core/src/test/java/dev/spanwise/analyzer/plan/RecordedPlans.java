package dev.spanwise.analyzer.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** EXPLAIN output of real servers; {@code src/test/postgresql/README.md} says how to record it. */
final class RecordedPlans {

  private RecordedPlans() {}

  /** Every major version with every name of its cases. */
  static Stream<Arguments> all() {
    return IntStream.rangeClosed(13, 18)
        .boxed()
        .flatMap(
            major -> cases(major, "text").keySet().stream().map(name -> Arguments.of(major, name)));
  }

  static String text(int major, String name) {
    return output(major, "text", name);
  }

  static String json(int major, String name) {
    return output(major, "json", name);
  }

  /** The plan of a case that has one, read from JSON. */
  static Plan plan(int major, String name) {
    return read(json(major, name)).get(0);
  }

  static List<Plan> read(String output) {
    try {
      return PlanReader.readAll(output);
    } catch (PlanFormatException e) {
      throw new AssertionError(e.place() + ": " + e.getMessage(), e);
    }
  }

  private static String output(int major, String format, String name) {
    String output = cases(major, format).get(name);
    if (output == null) {
      throw new IllegalArgumentException("no recorded case \"" + name + "\" for " + major);
    }
    return output;
  }

  private static Map<String, String> cases(int major, String format) {
    String resource = "recorded/" + major + "." + format;
    try (InputStream stream = RecordedPlans.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("no recording " + resource);
      }
      Map<String, String> cases = new LinkedHashMap<>();
      String recording = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      for (String section : recording.split("(?m)^== ", -1)) {
        int end = section.indexOf('\n');
        if (end > 0) {
          cases.put(section.substring(0, end), section.substring(end + 1));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
