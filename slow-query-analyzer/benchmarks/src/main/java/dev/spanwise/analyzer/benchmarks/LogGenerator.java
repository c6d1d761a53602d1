package dev.spanwise.analyzer.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.spanwise.analyzer.trace.DatabaseCall;
import dev.spanwise.analyzer.trace.DatabaseSystem;
import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.analyzer.trace.SpanKind;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceId;
import dev.spanwise.instrumentation.fingerprint.Statement;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A busy server's log in stderr format, made of recorded entries, and the spans of the statements
 * whose plans it holds. Of 24 entries one is a plan, which makes three quarters of the bytes. Forty
 * backends do one thing at a time each. The same seed gives the same.
 */
final class LogGenerator implements RecordedEntry.Values {

  private static final int BACKENDS = 40;
  private static final int FIRST_PID = 20_000;

  /** How often an entry that is no plan comes for each time that it was recorded. */
  private static final int SMALL_REPEATS = 8;

  private static final int MOST_MICROS_BETWEEN = 4_000;
  private static final long NANOS_OF_MICRO = 1_000;
  private static final long MICROS_OF_SECOND = 1_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

  private final SplittableRandom random;
  private final List<RecordedEntry> entries = RecordedEntry.all();
  private final Map<String, Statement> statements = new HashMap<>();
  private final long[] busyUntilMicros = new long[BACKENDS];
  private long nowMicros =
      Instant.parse("2026-11-22T08:00:00Z").getEpochSecond() * MICROS_OF_SECOND;
  private int backend;

  LogGenerator(long seed) throws IOException {
    random = new SplittableRandom(seed);
  }

  /** Writes whole rounds of all recorded entries until {@code enough} holds. */
  void write(OutputStream target, Enough enough, Consumer<Span> spans) throws IOException {
    while (!enough.holds()) {
      for (RecordedEntry entry : entries) {
        for (int times = entry.query() == null ? SMALL_REPEATS : 1; times > 0; times--) {
          begin(entry);
          entry.write(target, this);
          if (entry.query() != null) {
            span(entry, entry.query(), spans);
          }
        }
      }
    }
  }

  /** Asked after each round. */
  interface Enough {
    boolean holds() throws IOException;
  }

  private void begin(RecordedEntry entry) {
    nowMicros += 1 + random.nextInt(MOST_MICROS_BETWEEN);
    backend = random.nextInt(BACKENDS);
    long start = nowMicros - entry.durationMicros();
    if (busyUntilMicros[backend] > start) {
      nowMicros += busyUntilMicros[backend] - start;
    }
    busyUntilMicros[backend] = nowMicros + MICROS_OF_SECOND / 1_000;
  }

  @Override
  public void write(RecordedEntry.Slot slot, OutputStream target) throws IOException {
    String value =
        switch (slot) {
          case TIME ->
              TIME.format(
                  LocalDateTime.ofEpochSecond(
                      nowMicros / MICROS_OF_SECOND,
                      (int) (nowMicros % MICROS_OF_SECOND * NANOS_OF_MICRO),
                      ZoneOffset.UTC));
          case PID -> String.valueOf(FIRST_PID + backend);
          case LITERAL -> String.valueOf(910_000 + random.nextInt(10_000));
        };
    target.write(value.getBytes(US_ASCII));
  }

  /** The statement's span: a little more than its execution. */
  private void span(RecordedEntry entry, String query, Consumer<Span> spans) {
    Statement statement = statements.computeIfAbsent(query, Statement::of);
    long end = nowMicros * NANOS_OF_MICRO + 300_000;
    long start = (nowMicros - entry.durationMicros() - 200) * NANOS_OF_MICRO;
    spans.accept(
        new Span(
            new TraceId(random.nextLong() | 1, random.nextLong()),
            random.nextLong() | 1,
            0,
            "read-api",
            "SELECT",
            SpanKind.CLIENT,
            start,
            end,
            false,
            null,
            null,
            new DatabaseCall(DatabaseSystem.POSTGRESQL, statement, null, FIRST_PID + backend),
            null,
            SpanLinks.NONE));
  }
}
