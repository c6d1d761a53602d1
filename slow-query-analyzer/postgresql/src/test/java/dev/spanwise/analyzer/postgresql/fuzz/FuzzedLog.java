package dev.spanwise.analyzer.postgresql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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
  private static final Pattern PLAN_MESSAGE =
      Pattern.compile("duration: \\d{1,12}\\.\\d{3} ms  plan:\n");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern WHOLE_INPUT = Pattern.compile("no line |binary |looks like ");
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
      assertPlansAreToldOf(lines, given, line -> PLAN.matcher(line).matches());
      if (lines.get(0).startsWith("{")) {
        List<String> inUtf8 = List.of(new String(input, StandardCharsets.UTF_8).split("\n", -1));
        assertPlansAreToldOf(inUtf8, found, FuzzedLog::isPlanInJson);
      }
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

  /** Each entry of auto_explain is an event, or a rejection is of its line. */
  private static void assertPlansAreToldOf(
      List<String> lines, List<Object> outcomes, Predicate<String> isPlan) {
    for (int i = 0; i < lines.size(); i++) {
      long line = i + 1L;
      String text = lines.get(i);
      if (isPlan.test(text)) {
        assertThat(outcomes)
            .as("what is said of line %d", line)
            .anyMatch(
                outcome ->
                    covers(outcome, line)
                        || isOfLinesLike(outcome, line, text)
                        || isInsideOf(outcome, line, outcomes));
      }
    }
  }

  private static boolean isPlanInJson(String line) {
    try {
      JsonNode entry = JSON.readTree(line);
      return PLAN_MESSAGE.matcher(entry.path("message").asText()).lookingAt();
    } catch (JsonProcessingException notWhole) {
      return false;
    }
  }

  /** Whether the line stands in an entry of csvlog that is cut off: up to what is told next. */
  private static boolean isInsideOf(Object outcome, long line, List<Object> outcomes) {
    long first = firstLine(outcome);
    return outcome instanceof Rejection rejection
        && rejection.reason().startsWith("the entry is cut off: ")
        && first < line
        && outcomes.stream()
            .mapToLong(FuzzedLog::firstLine)
            .noneMatch(other -> first < other && other <= line);
  }

  private static long firstLine(Object outcome) {
    return Long.parseLong(place(outcome).group(2));
  }

  /** What is told of a whole file, or once for all lines like it. */
  private static boolean isOfLinesLike(Object outcome, long line, String text) {
    if (!(outcome instanceof Rejection rejection)) {
      return false;
    }
    String reason = rejection.reason();
    return WHOLE_INPUT.matcher(reason).lookingAt()
        || (reason.endsWith("like those before") && line <= lastLine(place(outcome)))
        || (reason.startsWith("the timestamp ") && !hasTime(text));
  }

  private static boolean hasTime(String line) {
    try {
      LocalDateTime time = LocalDateTime.parse(line.substring(0, 19).replace(' ', 'T'));
      Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000_000L);
      return true;
    } catch (DateTimeException | ArithmeticException notOfACalendar) {
      return false;
    }
  }

  private static boolean compressed(byte[] input) {
    return input.length > 1 && input[0] == 0x1f && input[1] == (byte) 0x8b;
  }

  private static boolean covers(Object outcome, long line) {
    return firstLine(outcome) <= line && line <= lastLine(place(outcome));
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
