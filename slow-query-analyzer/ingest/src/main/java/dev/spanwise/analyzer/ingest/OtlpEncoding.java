package dev.spanwise.analyzer.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The two forms of OTLP's answers. */
enum OtlpEncoding {
  PROTOBUF {
    @Override
    void write(RequestOutcome outcome, ByteArrayOutputStream out) throws IOException {
      ByteArrayOutputStream fields = new ByteArrayOutputStream();
      CodedOutputStream inner = CodedOutputStream.newInstance(fields);
      boolean accepted = outcome.status() == RequestOutcome.Status.ACCEPTED;
      if (accepted) {
        inner.writeInt64(1, outcome.rejectedSpans());
      } else {
        inner.writeInt32(1, outcome.status().grpc());
      }
      if (outcome.message() != null) {
        inner.writeString(2, outcome.message());
      }
      inner.flush();
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      if (!accepted) {
        coded.writeRawBytes(fields.toByteArray());
      } else if (outcome.rejectedSpans() > 0) {
        coded.writeByteArray(1, fields.toByteArray());
      }
      coded.flush();
    }
  },
  JSON {
    @Override
    void write(RequestOutcome outcome, ByteArrayOutputStream out) throws IOException {
      try (JsonGenerator json = FACTORY.createGenerator(out)) {
        json.writeStartObject();
        if (outcome.status() != RequestOutcome.Status.ACCEPTED) {
          json.writeNumberField("code", outcome.status().grpc());
          json.writeStringField("message", outcome.message());
        } else if (outcome.rejectedSpans() > 0) {
          json.writeObjectFieldStart("partialSuccess");
          json.writeStringField("rejectedSpans", Long.toString(outcome.rejectedSpans()));
          json.writeStringField("errorMessage", outcome.message());
          json.writeEndObject();
        }
        json.writeEndObject();
      }
    }
  };

  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * {@code ExportTraceServiceResponse} (partial_success = 1, holding rejected_spans = 1 and
   * error_message = 2) for an accepted request, else {@code google.rpc.Status} (code = 1, message =
   * 2).
   *
   * @see <a
   *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/collector/trace/v1/trace_service.proto">trace_service.proto</a>
   * @see <a
   *     href="https://github.com/googleapis/googleapis/blob/master/google/rpc/status.proto">status.proto</a>
   */
  byte[] answer(RequestOutcome outcome) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      write(outcome, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  abstract void write(RequestOutcome outcome, ByteArrayOutputStream out) throws IOException;
}
