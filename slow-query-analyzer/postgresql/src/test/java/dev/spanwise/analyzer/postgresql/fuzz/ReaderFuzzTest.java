package dev.spanwise.analyzer.postgresql.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.plan.PlanFormatException;
import dev.spanwise.analyzer.plan.PlanReader;
import dev.spanwise.analyzer.postgresql.log.ServerLogOptions;
import dev.spanwise.analyzer.postgresql.log.ServerLogReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever stands in an input, the readers end, throw nothing that they do not declare, and say the
 * same of it each time. Takes {@code spanwise.fuzz.duration} for the plan reader and as long for
 * the log reader. An input that fails is written to {@code target/fuzz}: it belongs among the
 * seeds, in {@code src/test/resources/fuzz}.
 */
class ReaderFuzzTest {

  private static final int TRIES = 20;
  private static final Duration SLICE =
      Duration.parse(System.getProperty("spanwise.fuzz.duration", "PT4S")).dividedBy(TRIES);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Corpus PLANS = Corpus.of("plan");
  private static final Corpus LOGS = Corpus.of("log");

  /** What is done with an input. */
  private interface Reading {
    void read(byte[] input) throws IOException;
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void damagedPlansAreReadOrRefused(@ForAll long seed) throws IOException {
    fuzz(PLANS, seed, ReaderFuzzTest::readPlan);
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void damagedLogsAreReadAndTheRestRejected(@ForAll long seed) throws IOException {
    fuzz(LOGS, seed, ReaderFuzzTest::readLog);
  }

  @Example
  void theSeedsThemselvesAreRead() throws IOException {
    for (byte[] plan : PLANS.seeds()) {
      assertThat(readPlan(plan)).as(new String(plan, StandardCharsets.UTF_8)).isTrue();
    }
    for (byte[] log : LOGS.seeds()) {
      assertThat(readLog(log)).as(new String(log, StandardCharsets.UTF_8)).isNotEmpty();
    }
  }

  private static void fuzz(Corpus corpus, long seed, Reading reading) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    long start = System.nanoTime();
    do {
      byte[] input = corpus.damaged(random);
      long begun = System.nanoTime();
      try {
        reading.read(input);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST);
      } catch (RuntimeException | Error failure) {
        throw new AssertionError("failed on " + write(input), failure);
      }
    } while (System.nanoTime() - start < SLICE.toNanos());
  }

  private static boolean readPlan(byte[] input) {
    try {
      return !PlanReader.readAll(new String(input, StandardCharsets.UTF_8)).isEmpty();
    } catch (PlanFormatException refused) {
      assertThat(refused.place()).isNotBlank();
      assertThat(refused.getMessage()).isNotBlank();
      return false;
    }
  }

  /** All that came of it, in order. */
  private static List<Object> readLog(byte[] input) throws IOException {
    List<Object> first = outcomes(input);
    assertThat(outcomes(input)).isEqualTo(first);
    return first;
  }

  private static List<Object> outcomes(byte[] input) throws IOException {
    List<Object> outcomes = new ArrayList<>();
    ServerLogReader.read(
        new ByteArrayInputStream(input),
        "fuzz.log",
        ServerLogOptions.DEFAULTS,
        outcomes::add,
        outcomes::add);
    return outcomes;
  }

  private static Path write(byte[] input) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "fuzz"));
    return Files.write(Files.createTempFile(folder, "failed-", ""), input).toAbsolutePath();
  }
}
