package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads what a server's log tells of statements: auto_explain's plans, durations, lock waits and
 * temporary files. In stderr format, csvlog or jsonlog, plain or gzip; the format and the
 * log_line_prefix are found out. Where the log holds messages in another language than English,
 * only plans are read, which is told.
 *
 * <p>Entries are read by as many threads as there are processors, for as long as {@link #read}
 * takes. Memory is bounded: entries of 8 MiB wait for those threads at most, or a larger one by
 * itself, and one beyond 16 MiB is rejected. Stateless, thread-safe.
 */
public final class ServerLogReader {

  private static final int BUFFER_BYTES = 1 << 16;

  private ServerLogReader() {}

  /**
   * Hands over events and rejections in the order of the log, on the calling thread; other entries
   * are passed over. Reads to the end and does not close {@code input}.
   *
   * @param source name of the input for events and rejections
   * @return false where something stands in the input and none of it is an entry of a server's log
   * @throws IOException if {@code input} fails; damaged compression is a rejection
   */
  public static boolean read(
      InputStream input,
      String source,
      ServerLogOptions options,
      Consumer<ServerEvent> events,
      Consumer<Rejection> rejections)
      throws IOException {
    ExecutorService readers = readers();
    try {
      ServerLogDecoder decoder = new ServerLogDecoder(source, options, readers, events, rejections);
      InputStream buffered = new BufferedInputStream(input, BUFFER_BYTES);
      buffered.mark(2);
      boolean compressed = buffered.read() == 0x1f && buffered.read() == 0x8b;
      buffered.reset();
      if (compressed) {
        readCompressed(buffered, decoder);
      } else {
        readPlain(buffered, decoder);
      }
      return decoder.end();
    } finally {
      readers.shutdownNow();
    }
  }

  /** Whether an input that begins so, and may be cut off inside of an entry, is a server's log. */
  public static boolean isLog(byte[] beginning) {
    if (new String(beginning, StandardCharsets.ISO_8859_1).isBlank()) {
      return false;
    }
    ServerLogDecoder decoder =
        new ServerLogDecoder("", ServerLogOptions.DEFAULTS, null, event -> {}, rejection -> {});
    decoder.feed(beginning, beginning.length);
    return decoder.end();
  }

  private static ExecutorService readers() {
    return Executors.newFixedThreadPool(
        Runtime.getRuntime().availableProcessors(),
        task -> {
          Thread thread = new Thread(task, "spanwise-log-reader");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void readCompressed(InputStream input, ServerLogDecoder decoder)
      throws IOException {
    try {
      readPlain(new GZIPInputStream(input, BUFFER_BYTES), decoder);
    } catch (EOFException | ZipException e) {
      decoder.reject("the gzip data is cut off or damaged: nothing after this line was read");
    }
  }

  private static void readPlain(InputStream input, ServerLogDecoder decoder) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
      decoder.feed(buffer, count);
    }
  }
}
