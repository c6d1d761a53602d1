package dev.spanwise.analyzer.postgresql.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Recorded inputs, and inputs that were found to be misread, damaged in ways that logs are. */
final class Corpus {

  private static final int MOST_DAMAGES = 8;
  private static final int MOST_BYTES = 200_000;
  private static final List<String> WORDS =
      List.of(
          "\n",
          "\t",
          "\r",
          "\"",
          "\"\"",
          "{",
          "}",
          "[",
          "]",
          "\0",
          "\ufeff",
          "é",
          "->  ",
          "NaN",
          "-Infinity",
          "1e999",
          "99999999999999999999",
          "-1",
          "null",
          "\\",
          "\\u0000",
          "'",
          "$$",
          "/*traceparent='00-",
          "*/",
          "(cost=",
          "rows=",
          " LOG:  ",
          " STATEMENT:  ",
          " DETAIL:  ",
          "duration: ",
          " ms  plan:",
          "2026-11-22 12:00:00.250 UTC",
          "process 1 acquired ",
          "temporary file: path \"\", size ",
          "Plans",
          "Plan",
          "SubPlan 1",
          "  ");

  private final List<byte[]> seeds;

  private Corpus(List<byte[]> seeds) {
    this.seeds = List.copyOf(seeds);
  }

  /** The files below {@code fuzz/} of that name among the test's resources. */
  static Corpus of(String name) {
    URL folder = Corpus.class.getResource("/fuzz/" + name);
    if (folder == null) {
      throw new IllegalStateException("no seeds: /fuzz/" + name);
    }
    List<byte[]> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      for (Path file : files.sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return new Corpus(seeds);
  }

  /** The files as they are. */
  List<byte[]> seeds() {
    return seeds;
  }

  /** One of them, damaged. */
  byte[] damaged(SplittableRandom random) {
    byte[] input = seeds.get(random.nextInt(seeds.size()));
    for (int damages = random.nextInt(MOST_DAMAGES + 1); damages > 0; damages--) {
      input = damage(input, random);
    }
    return input;
  }

  private byte[] damage(byte[] input, SplittableRandom random) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + (1 << random.nextInt(12)));
    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    switch (random.nextInt(6)) {
      case 0 -> damaged.write(input, 0, from);
      case 1 -> {
        damaged.write(input, 0, from);
        damaged.write(input, to, input.length - to);
      }
      case 2 -> {
        damaged.write(input, 0, to);
        damaged.write(input, from, input.length - from);
      }
      case 3 -> {
        damaged.write(input, 0, from);
        damaged.write(random.nextInt(256));
        damaged.write(input, Math.min(from + 1, to), input.length - Math.min(from + 1, to));
      }
      case 4 -> {
        byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
        damaged.write(input, 0, from);
        damaged.write(word, 0, word.length);
        damaged.write(input, from, input.length - from);
      }
      default -> {
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int otherFrom = random.nextInt(other.length + 1);
        damaged.write(input, 0, from);
        damaged.write(other, otherFrom, other.length - otherFrom);
      }
    }
    return damaged.size() > MOST_BYTES ? input : damaged.toByteArray();
  }
}
