package dev.spanwise.analyzer.postgresql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of any bytes that are given as a server's log. */
final class FuzzedLog {

  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final ServerLogOptions DEFAULT_PREFIX = new ServerLogOptions("%m [%p] ", null);
  private static final Pattern PLAN =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC \\[\\d{1,9}\\] LOG:  "
              + "duration: \\d{1,12}\\.\\d{3} ms  plan:.*");
  private static final Pattern PLACE = Pattern.compile("(up to )?lines? (\\d+)(?:-(\\d+))?");

  private FuzzedLog() {}

  /**
   * Reads {@code input} with a prefix that is found out and with one that is given.
   *
   * @return events and rejections of the first, in order
   */
  static List<Object> check(byte[] input) throws IOException {
    long begun = System.nanoTime();
    List<Object> found = outcomes(new ByteArrayInputStream(input), ServerLogOptions.DEFAULTS);
    assertThat(outcomes(new InPieces(input), ServerLogOptions.DEFAULTS)).isEqualTo(found);
    List<Object> given = outcomes(new ByteArrayInputStream(input), DEFAULT_PREFIX);
    List<String> lines = List.of(new String(input, StandardCharsets.ISO_8859_1).split("\n", -1));
    if (!compressed(input)) {
      assertPlacesAreLines(found, lines.size());
      assertPlacesAreLines(given, lines.size());
      assertPlansAreToldOf(lines, given);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
    return found;
  }

  private static List<Object> outcomes(InputStream input, ServerLogOptions options)
      throws IOException {
    List<Object> outcomes = new ArrayList<>();
    ServerLogReader.read(input, "fuzz.log", options, outcomes::add, outcomes::add);
    return outcomes;
  }

  private static Matcher place(Object outcome) {
    String place =
        outcome instanceof ServerEvent event
            ? event.logged().place()
            : ((Rejection) outcome).place();
    Matcher matcher = PLACE.matcher(place);
    assertThat(matcher.matches()).as(place).isTrue();
    return matcher;
  }

  private static void assertPlacesAreLines(List<Object> outcomes, long lines) {
    for (Object outcome : outcomes) {
      assertThat(lastLine(place(outcome))).isBetween(1L, lines);
    }
  }

  private static long lastLine(Matcher place) {
    return Long.parseLong(place.group(3) == null ? place.group(2) : place.group(3));
  }

  /** Each entry of auto_explain is an event, or its line is named, or the cause of all such is. */
  private static void assertPlansAreToldOf(List<String> lines, List<Object> outcomes) {
    boolean ofAll =
        outcomes.stream()
            .anyMatch(outcome -> outcome instanceof Rejection rejection && namesACause(rejection));
    for (int i = 0; i < lines.size(); i++) {
      long line = i + 1L;
      if (!ofAll && PLAN.matcher(lines.get(i)).matches()) {
        assertThat(outcomes).as("what is said of line %d", line).anyMatch(o -> covers(o, line));
      }
    }
  }

  /** What is told once, or of a whole file in another format. */
  private static boolean namesACause(Rejection rejection) {
    return Pattern.compile("timestamp|time zone|csvlog|jsonlog|cut off|binary|like those before")
        .matcher(rejection.reason())
        .find();
  }

  private static boolean compressed(byte[] input) {
    return input.length > 1 && input[0] == 0x1f && input[1] == (byte) 0x8b;
  }

  private static boolean covers(Object outcome, long line) {
    Matcher place = place(outcome);
    return Long.parseLong(place.group(2)) <= line && line <= lastLine(place);
  }

  /** Hands out a few bytes at a time, as a pipe may. */
  private static final class InPieces extends ByteArrayInputStream {

    InPieces(byte[] input) {
      super(input);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, 1 + (pos % 61)));
    }
  }
}
