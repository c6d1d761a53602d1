package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a log's bytes as they come and hands over its events. Holds one entry at most, those that
 * its executor has yet to read, and the first lines until the format is known. For one thread.
 */
final class ServerLogDecoder {

  static final int MAX_ENTRY_BYTES = 16 << 20;
  static final String TOO_LARGE = "the entry is larger than " + (MAX_ENTRY_BYTES >> 20) + " MiB";

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final Delivery delivery;
  private final EntryQueue queue;
  private final FormatDiscovery discovery;
  private final LineSplitter splitter = new LineSplitter(MAX_ENTRY_BYTES, this::line);
  private @Nullable EntryFormat format;
  private @Nullable OtherProgram otherProgram;

  /**
   * @param executor reads entries; null to read them on the thread that feeds
   */
  ServerLogDecoder(
      String source,
      ServerLogOptions options,
      @Nullable Executor executor,
      Consumer<ServerEvent> events,
      Consumer<Rejection> rejections) {
    this.delivery = new Delivery(source, events, rejections);
    this.queue = new EntryQueue(new EntryReader(source, options), delivery, executor);
    this.discovery = new FormatDiscovery(options.linePrefix());
  }

  void feed(byte[] buffer, int count) {
    splitter.feed(buffer, count);
  }

  /** Nothing came for a moment: hands over the entry that is held, unless a line is unfinished. */
  void quiet() {
    if (splitter.holdsPartOfLine()) {
      return;
    }
    if (format == null) {
      choose(false);
    }
    if (format != null) {
      format.quiet();
    }
  }

  /**
   * Hands over what is held.
   *
   * @return false where something was read and none of it is an entry of a server's log
   */
  boolean end() {
    splitter.end();
    if (format == null) {
      choose(true);
    }
    EntryFormat known = format;
    if (known != null) {
      known.end();
      queue.drain();
      delivery.end(reasonWithoutEntries(known));
    }
    return delivery.isServerLog();
  }

  /** Null where it has been told. */
  private @Nullable String reasonWithoutEntries(EntryFormat known) {
    OtherProgram other = otherProgram;
    if (other == null) {
      return known.reasonWithoutEntries();
    }
    return other.wrapsEntries() ? null : other.reason();
  }

  /** Tells that from the line that is being read on nothing can be used. */
  void reject(String reason) {
    long line = splitter.number();
    queue.add(line, (reader, outcomes) -> outcomes.reject(line, reason), 0);
  }

  private void line(Line line) {
    if (format != null) {
      format.line(line);
    } else if (discovery.add(withoutMark(line))) {
      choose(true);
    }
  }

  private static Line withoutMark(Line line) {
    return line.number() == 1 && line.startsWith(BYTE_ORDER_MARK)
        ? line.from(BYTE_ORDER_MARK.length)
        : line;
  }

  private static @Nullable OtherProgram otherProgram(List<Line> sample) {
    OtherProgram other = OtherProgram.of(sample);
    boolean wraps = other != null && other.wrapsEntries();
    // In a copy the tab does not begin the line; a log_line_prefix can look like a copy's.
    return wraps && sample.stream().anyMatch(line -> line.startsWith('\t')) ? null : other;
  }

  private void choose(boolean atLast) {
    EntryFormat chosen = discovery.choose(atLast, queue);
    format = chosen;
    if (chosen != null) {
      otherProgram = otherProgram(discovery.sample());
      if (otherProgram != null && otherProgram.wrapsEntries()) {
        delivery.tellBeforeWhatIsNotRead(otherProgram.reason());
      }
      discovery.sample().forEach(chosen::line);
      discovery.sample().clear();
    }
  }
}
