package dev.spanwise.analyzer.postgresql.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format of {@code log_destination = stderr}: log_line_prefix, severity and message; further
 * lines of the message begin with a tab.
 */
final class StderrFormat implements EntryFormat {

  private static final int HEAD_BYTES = 1200;
  private static final int DATE_LENGTH = "2026-11-22".length();
  private static final int SAMPLE_HEADS = 64;
  private static final int SAMPLE_BYTES = 1 << 20;
  private static final Pattern CSV =
      Pattern.compile(LinePrefix.TIME + ",(?:\"[^\"]*\")?,(?:\"[^\"]*\")?,\\d*,.*", Pattern.DOTALL);
  private static final String STRAY =
      "not part of an entry: begins neither with the log_line_prefix nor with a tab";

  private final PlanEntries entries;
  private final StrayLines strays;
  private final boolean prefixGiven;
  private @Nullable LinePrefix prefix;
  private final List<Line> sample = new ArrayList<>();
  private int sampleHeads;
  private int sampleBytes;
  private boolean csv;
  private boolean binary;
  private @Nullable OpenPlan open;

  /** With which the last entry's line began; null where it began with something else. */
  private byte @Nullable [] date;

  StderrFormat(@Nullable String linePrefix, PlanEntries entries, StrayLines strays) {
    this.entries = entries;
    this.strays = strays;
    this.prefixGiven = linePrefix != null;
    this.prefix = linePrefix == null ? null : LinePrefix.of(linePrefix);
  }

  @Override
  public void line(Line line) {
    LinePrefix known = prefix;
    if (known != null) {
      line(line, known);
      return;
    }
    sample.add(line);
    sampleBytes += line.bytes().length + 64;
    if (!line.startsWith('\t') && !line.isBlank()) {
      sampleHeads++;
    }
    if (sampleHeads >= SAMPLE_HEADS || sampleBytes >= SAMPLE_BYTES) {
      discover();
      drainSample();
    }
  }

  @Override
  public void quiet() {
    if (prefix == null) {
      discover();
      if (prefix != null) {
        drainSample();
      }
    }
    finish(false);
  }

  @Override
  public void end() {
    if (prefix == null) {
      discover();
      drainSample();
    }
    finish(true);
    strays.end(reasonWithoutEntries());
  }

  private String reasonWithoutEntries() {
    if (csv) {
      return "csvlog is not read: log to stderr or jsonlog";
    }
    if (binary) {
      return "binary or UTF-16: neither a server log in UTF-8 nor one compressed with gzip";
    }
    return prefixGiven
        ? "no line begins with the given log_line_prefix and a severity"
        : "no line begins with a timestamp, a process id and a severity as a log_line_prefix"
            + " prints them: give the server's log_line_prefix";
  }

  private void discover() {
    List<String> heads =
        sample.stream()
            .filter(line -> !line.startsWith('\t') && !line.isBlank())
            .map(line -> line.head(HEAD_BYTES))
            .toList();
    if (heads.isEmpty()) {
      return;
    }
    csv |= heads.stream().anyMatch(head -> CSV.matcher(head).matches());
    prefix = csv ? null : LinePrefixDiscovery.discover(heads);
  }

  private void drainSample() {
    List<Line> lines = List.copyOf(sample);
    sample.clear();
    sampleHeads = 0;
    sampleBytes = 0;
    LinePrefix known = prefix;
    for (Line line : lines) {
      if (known != null) {
        line(line, known);
      } else {
        stray(line);
      }
    }
  }

  private void line(Line line, LinePrefix known) {
    OpenPlan plan = open;
    if (line.startsWith('\t')) {
      if (plan != null) {
        plan.append(line, 1);
      } else if (!strays.anyEntrySeen()) {
        stray(line);
      }
      return;
    }
    if (plan == null && !line.lastCharacterIs(':') && line.startsWith(date)) {
      return; // Another entry of that day, and none of auto_explain: no need to take it apart.
    }
    LinePrefix.Head head = known.match(line.head(HEAD_BYTES));
    if (head != null) {
      date = line.startsWith(head.time().getBytes(UTF_8)) ? dateOf(head) : null;
      finish(false);
      strays.entrySeen();
      Long duration = line.cut() ? null : PlanEntries.durationNanos(head.message());
      open = duration == null ? null : new OpenPlan(line.number(), head, duration);
    } else if (plan != null && plan.tabsAreLost()) {
      plan.append(line, 0);
    } else if (!line.isBlank()) {
      stray(line);
    }
  }

  private static byte @Nullable [] dateOf(LinePrefix.Head head) {
    boolean isDate = head.time().charAt(4) == '-';
    return isDate ? head.time().substring(0, DATE_LENGTH).getBytes(UTF_8) : null;
  }

  private void stray(Line line) {
    if (!strays.anyEntrySeen()) {
      binary |= line.head(HEAD_BYTES).indexOf('\0') >= 0;
    }
    strays.add(line.number(), STRAY);
  }

  private void finish(boolean last) {
    OpenPlan plan = open;
    open = null;
    if (plan == null) {
      return;
    }
    if (plan.tooLarge) {
      entries.reject(plan.line, ServerLogDecoder.TOO_LARGE);
      return;
    }
    try {
      String text = Line.strictUtf8(plan.text.toByteArray());
      entries.accept(plan.line, plan.head.time(), plan.head.pid(), plan.durationNanos, text, last);
    } catch (CharacterCodingException e) {
      entries.reject(plan.line, "the entry is not UTF-8");
    }
  }

  private static final class OpenPlan {

    final long line;
    final LinePrefix.Head head;
    final long durationNanos;
    final ByteArrayOutputStream text = new ByteArrayOutputStream();
    boolean tooLarge;
    boolean tabbed;

    OpenPlan(long line, LinePrefix.Head head, long durationNanos) {
      this.line = line;
      this.head = head;
      this.durationNanos = durationNanos;
    }

    /** Copying a log from a terminal turns tabs into spaces: then no line of a plan has one. */
    boolean tabsAreLost() {
      return !tabbed;
    }

    void append(Line continuation, int from) {
      tabbed |= from > 0;
      byte[] bytes = continuation.bytes();
      if (continuation.cut() || text.size() + bytes.length >= ServerLogDecoder.MAX_ENTRY_BYTES) {
        tooLarge = true;
        text.reset();
      }
      if (!tooLarge) {
        text.write(bytes, from, bytes.length - from);
        text.write('\n');
      }
    }
  }
}
