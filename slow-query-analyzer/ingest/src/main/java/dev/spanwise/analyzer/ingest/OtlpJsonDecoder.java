package dev.spanwise.analyzer.ingest;

import static dev.spanwise.analyzer.ingest.JsonElements.each;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks OTLP/JSON token by token and holds one span at a time, however large a request is. Keys may
 * come in any order and unknown ones are passed over.
 *
 * <p>A span whose values are wrong is rejected by itself; text that is not JSON ends its record.
 * Reasons never quote the input, which may hold literals.
 *
 * <p>Not thread-safe.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP/JSON</a>
 */
final class OtlpJsonDecoder {

  private static final int MAX_DEPTH = 100;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(OtlpProtobufDecoder.MAX_SPAN_BYTES)
                  .build())
          .build();

  private final JsonSpanParser spans;

  OtlpJsonDecoder(Texts texts) {
    spans = new JsonSpanParser(texts);
  }

  /**
   * Reads one request.
   *
   * @throws OtlpFormatException if the body is not JSON, or not of this kind
   */
  void decode(byte[] body, SpanSink sink) throws IOException {
    try (JsonParser json = JSON.createParser(body)) {
      String kind = request(json, sink, 1);
      if (kind != null) {
        throw new OtlpFormatException("line 1", kind);
      }
    } catch (JsonProcessingException e) {
      throw new OtlpFormatException(place(e, 1, 0), reason(e));
    }
  }

  /** Reads requests, one a line or one over many lines; a bad one is rejected and passed over. */
  void decodeRecords(PeekInput in, SpanSink sink) throws IOException {
    JsonRecords records = new JsonRecords(in);
    ForeignRecords foreign = new ForeignRecords(sink);
    try {
      while (records.next()) {
        try (JsonParser json = JSON.createParser((InputStream) records)) {
          foreign.add(records.line(), request(json, sink, records.line()));
        } catch (JsonProcessingException e) {
          sink.reject(place(e, records.line(), records.offset()), reason(e));
        }
      }
    } catch (IOException e) {
      foreign.end();
      throw e;
    }
    foreign.end();
  }

  /** Reads one document; gives what it is where it is no OTLP request for traces. */
  private @Nullable String request(JsonParser json, SpanSink sink, long firstLine)
      throws IOException {
    Set<String> otherKeys = new LinkedHashSet<>();
    boolean isTraces = false;
    boolean isArray = json.nextToken() == JsonToken.START_ARRAY;
    if (isArray) {
      json.nextToken();
    }
    if (json.currentToken() == JsonToken.START_OBJECT) {
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        json.nextToken();
        if (key.equals("resourceSpans") && !isArray) {
          isTraces = true;
          each(json, () -> resourceSpans(json, sink, firstLine));
        } else {
          if (otherKeys.size() < ForeignRecords.KEYS) {
            otherKeys.add(key);
          }
          json.skipChildren();
        }
      }
    } else if (!isArray) {
      throw new OtlpJsonException(json, "not a JSON object");
    }
    while (isArray && json.currentToken() != JsonToken.END_ARRAY) {
      json.skipChildren();
      json.nextToken();
    }
    if (json.nextToken() != null) {
      throw new OtlpJsonException(json, "more follows the request");
    }
    return isTraces || (otherKeys.isEmpty() && !isArray)
        ? null
        : ForeignRecords.kind(isArray, otherKeys);
  }

  private void resourceSpans(JsonParser json, SpanSink sink, long firstLine) throws IOException {
    sink.startResource();
    try {
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        json.nextToken();
        switch (key) {
          case "resource" -> sink.resource(spans.serviceName(json), place(json, firstLine));
          case "scopeSpans" -> each(json, () -> scopeSpans(json, sink, firstLine));
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      sink.endResource();
      throw e;
    }
    sink.endResource();
  }

  private void scopeSpans(JsonParser json, SpanSink sink, long firstLine) throws IOException {
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      if (key.equals("spans")) {
        each(json, () -> span(json, sink, firstLine));
      } else {
        json.skipChildren();
      }
    }
  }

  private void span(JsonParser json, SpanSink sink, long firstLine) throws IOException {
    SpanDraft draft = spans.span(json);
    String flaw = draft.flaw();
    if (flaw == null) {
      sink.accept(draft);
    } else {
      sink.rejectSpan(place(json, firstLine), flaw);
    }
  }

  /** Where the parser stands: the line in the input and the path in the record. */
  private static String place(JsonParser json, long firstLine) {
    long line = firstLine + json.currentLocation().getLineNr() - 1;
    return "line " + line + ", " + json.getParsingContext().pathAsPointer();
  }

  private static String place(JsonProcessingException e, long firstLine, long offset) {
    JsonLocation at = e.getLocation();
    if (at == null) {
      return "line " + firstLine;
    }
    long line = firstLine + at.getLineNr() - 1;
    return "line " + line + ", byte " + (offset + Math.max(0, at.getByteOffset()));
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof JsonEOFException) {
      return "the record ends inside a JSON value";
    }
    if (e instanceof OtlpJsonException || e instanceof StreamConstraintsException) {
      return e.getOriginalMessage();
    }
    return "not well-formed JSON";
  }
}
