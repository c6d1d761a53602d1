package dev.spanwise.analyzer.ingest;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** What a reader made of some bytes. */
record ReadSpans(List<Span> spans, List<Rejection> rejections) {

  static ReadSpans of(byte[] content) {
    return new TestReader().read(content);
  }

  static ReadSpans of(String content) {
    return of(content.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
