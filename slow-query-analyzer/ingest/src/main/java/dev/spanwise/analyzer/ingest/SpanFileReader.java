package dev.spanwise.analyzer.ingest;

import com.google.protobuf.CodedInputStream;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * Reads the spans of a trace file, or of a pipe, in memory that does not grow with it.
 *
 * <p>The format is told from the content, not from the name: OTLP as protobuf, being one message,
 * or messages each with its length before it (four bytes as the collector's file exporter writes
 * them, or a varint), or OTLP/JSON, one request a line or one over many lines; any of them may be
 * compressed with gzip.
 *
 * <p>What cannot be read is rejected with its place, and the rest is read: a span that is invalid,
 * a line that is not JSON, a record that is damaged. Where a file is cut, the spans before the cut
 * count. A file of another kind gives one rejection that says what it looks like.
 *
 * <p>Not thread-safe; a reader may read one file after another, and then keeps the statements that
 * it has normalised.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/">OTLP files</a>
 */
public final class SpanFileReader {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Consumer<? super Span> spans;
  private final Consumer<? super Rejection> rejections;
  private final OtlpProtobufDecoder protobuf;
  private final OtlpJsonDecoder json;

  /** Both are called on the thread that reads, in the order of the input. */
  public SpanFileReader(Consumer<? super Span> spans, Consumer<? super Rejection> rejections) {
    this.spans = spans;
    this.rejections = rejections;
    Texts texts = new Texts();
    this.protobuf = new OtlpProtobufDecoder(texts);
    this.json = new OtlpJsonDecoder(texts);
  }

  /**
   * Reads a file.
   *
   * @return the number of spans read
   * @throws IOException if the file cannot be opened or read; its content is never a cause
   */
  public long read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a stream to its end; the caller closes it.
   *
   * @param source the name by which rejections call it
   * @return the number of spans read
   * @throws IOException if the stream cannot be read; its content is never a cause
   */
  public long read(InputStream in, String source) throws IOException {
    SpanSink sink = new SpanSink(source, spans, rejections);
    PeekInput input = new PeekInput(in);
    byte[] prefix = input.peek(TraceFormat.PREFIX_BYTES);
    if (TraceFormat.of(prefix) == TraceFormat.GZIP) {
      readGzip(new GzipInput(input), sink);
    } else {
      readPlain(input, prefix, sink);
    }
    return sink.accepted();
  }

  private void readGzip(GzipInput gzip, SpanSink sink) throws IOException {
    try (gzip) {
      PeekInput input = new PeekInput(gzip);
      readPlain(input, input.peek(TraceFormat.PREFIX_BYTES), sink);
    } catch (ZipException e) {
      sink.reject("compressed byte " + gzip.offset(), String.valueOf(e.getMessage()));
    }
  }

  private void readPlain(PeekInput input, byte[] prefix, SpanSink sink) throws IOException {
    if (prefix.length == 0) {
      sink.reject("byte 0", "the input is empty");
      return;
    }
    TraceFormat format = TraceFormat.of(prefix);
    if (format == null || format == TraceFormat.GZIP) {
      sink.reject("byte 0", ForeignFormat.reason(prefix));
      return;
    }
    try {
      switch (format) {
        case JSON -> json.decodeRecords(withoutMark(input, prefix), sink);
        case PROTOBUF -> protobuf.decode(coded(input), sink);
        case PROTOBUF_FIXED_FRAMES -> protobuf.decodeFrames(coded(input), FrameLength.FIXED, sink);
        case PROTOBUF_VARINT_FRAMES ->
            protobuf.decodeFrames(coded(input), FrameLength.VARINT, sink);
        case GZIP -> throw new IllegalStateException("gzip inside gzip");
      }
    } catch (OtlpFormatException e) {
      sink.reject(e.place(), e.reason());
    }
  }

  private static CodedInputStream coded(InputStream in) {
    return CodedInputStream.newInstance(in, BUFFER_BYTES);
  }

  private static PeekInput withoutMark(PeekInput input, byte[] prefix) throws IOException {
    if (TraceFormat.hasByteOrderMark(prefix)) {
      input.readNBytes(3);
    }
    return input;
  }
}
