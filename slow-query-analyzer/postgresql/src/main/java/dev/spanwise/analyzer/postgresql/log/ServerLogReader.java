package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.input.Rejection;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads the plans that auto_explain wrote to a server log, in stderr format or jsonlog, plain or
 * gzip. Memory is bounded by the largest entry, 16 MiB. Stateless, thread-safe.
 */
public final class ServerLogReader {

  private static final int BUFFER_BYTES = 1 << 16;

  private ServerLogReader() {}

  /**
   * Hands over plans and rejections in the order of the log; other entries are passed over. Reads
   * to the end and does not close {@code input}.
   *
   * @param source name of the input for plans and rejections
   * @throws IOException if {@code input} fails; damaged compression is a rejection
   */
  public static void read(
      InputStream input,
      String source,
      ServerLogOptions options,
      Consumer<ExecutedPlan> plans,
      Consumer<Rejection> rejections)
      throws IOException {
    ServerLogDecoder decoder = new ServerLogDecoder(source, options, plans, rejections);
    InputStream buffered = new BufferedInputStream(input, BUFFER_BYTES);
    buffered.mark(2);
    boolean compressed = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    if (compressed) {
      readCompressed(buffered, source, decoder, rejections);
    } else {
      readPlain(buffered, decoder);
    }
    decoder.end();
  }

  private static void readCompressed(
      InputStream input, String source, ServerLogDecoder decoder, Consumer<Rejection> rejections)
      throws IOException {
    try {
      readPlain(new GZIPInputStream(input, BUFFER_BYTES), decoder);
    } catch (EOFException | ZipException e) {
      rejections.accept(
          new Rejection(
              source,
              "line " + decoder.lineNumber(),
              "the gzip data is cut off or damaged: nothing after this line was read"));
    }
  }

  private static void readPlain(InputStream input, ServerLogDecoder decoder) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
      decoder.feed(buffer, count);
    }
  }
}
