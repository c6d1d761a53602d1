package dev.spanwise.analyzer.ingest;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** One reader for many inputs. */
final class TestReader {

  private final List<Span> spans = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final SpanFileReader reader = new SpanFileReader(spans::add, rejections::add);

  ReadSpans read(byte[] content) {
    spans.clear();
    rejections.clear();
    long count;
    try {
      count = reader.read(new ByteArrayInputStream(content), "test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (count != spans.size()) {
      throw new AssertionError("counted " + count + ", gave " + spans.size());
    }
    return new ReadSpans(List.copyOf(spans), List.copyOf(rejections));
  }
}
