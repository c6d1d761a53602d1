package dev.spanwise.analyzer.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What no reader of the log can be quicker than: its lines are found, and the JSON of its plans is
 * taken apart into tokens, of which nothing is kept. One thread.
 */
final class PlainParse {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteArrayOutputStream entry = new ByteArrayOutputStream();
  private long tokens;

  private PlainParse() {}

  /** How many tokens the plans of a log in stderr format have. */
  static long tokens(Path log) throws IOException {
    PlainParse parse = new PlainParse();
    byte[] buffer = new byte[BUFFER_BYTES];
    boolean lineStarts = true;
    try (InputStream input = Files.newInputStream(log)) {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        int start = 0;
        for (int i = 0; i < count; i++) {
          if (lineStarts && buffer[i] != '\t') {
            parse.entry.write(buffer, start, i - start);
            parse.take();
            start = i;
          }
          lineStarts = buffer[i] == '\n';
        }
        parse.entry.write(buffer, start, count - start);
      }
    }
    parse.take();
    return parse.tokens;
  }

  private void take() throws IOException {
    byte[] bytes = entry.toByteArray();
    entry.reset();
    int json = 0;
    while (json < bytes.length && bytes[json] != '\n') {
      json++;
    }
    if (json == bytes.length - 1) {
      return;
    }
    try (JsonParser parser = JSON.createParser(bytes, json, bytes.length - json)) {
      while (parser.nextToken() != null) {
        tokens++;
      }
    }
  }
}
