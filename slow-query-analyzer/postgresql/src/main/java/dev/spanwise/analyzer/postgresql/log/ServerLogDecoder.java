package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.input.Rejection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a log's bytes as they come and hands over its plans. Holds one entry at most, and the first
 * lines until the log_line_prefix is known. For one thread.
 */
final class ServerLogDecoder {

  static final int MAX_ENTRY_BYTES = 16 << 20;
  static final String TOO_LARGE = "the entry is larger than " + (MAX_ENTRY_BYTES >> 20) + " MiB";

  private final ServerLogOptions options;
  private final PlanEntries entries;
  private final StrayLines strays;
  private final LineSplitter splitter = new LineSplitter(MAX_ENTRY_BYTES, this::line);
  private @Nullable EntryFormat format;

  ServerLogDecoder(
      String source,
      ServerLogOptions options,
      Consumer<ExecutedPlan> plans,
      Consumer<Rejection> rejections) {
    this.options = options;
    this.entries = new PlanEntries(source, options, plans, rejections);
    this.strays = new StrayLines(source, rejections);
  }

  void feed(byte[] buffer, int count) {
    splitter.feed(buffer, count);
  }

  /** Nothing came for a moment: hands over the entry that is held, unless a line is unfinished. */
  void quiet() {
    if (format != null && !splitter.holdsPartOfLine()) {
      format.quiet();
    }
  }

  /** Hands over what is held. */
  void end() {
    splitter.end();
    if (format != null) {
      format.end();
    }
  }

  /** Number of the line that is being read. */
  long lineNumber() {
    return splitter.number();
  }

  private void line(Line line) {
    EntryFormat known = format;
    if (known == null) {
      if (line.isBlank()) {
        return;
      }
      known =
          line.head(64).stripLeading().startsWith("{")
              ? new JsonLogFormat(entries, strays)
              : new StderrFormat(options.linePrefix(), entries, strays);
      format = known;
    }
    known.line(line);
  }
}
