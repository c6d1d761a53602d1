package dev.spanwise.instrumentation.invalidation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** Writes envelopes. */
final class EnvelopeWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_LENGTH = 384;

  private EnvelopeWriter() {}

  static String write(InvalidationEnvelope envelope) {
    StringWriter text = new StringWriter(USUAL_LENGTH);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("specversion", "1.0");
      json.writeStringField("id", envelope.id());
      json.writeStringField("source", envelope.source());
      json.writeStringField("type", InvalidationEnvelope.TYPE);
      json.writeStringField("subject", envelope.write().key());
      if (envelope.write().committed() != null) {
        json.writeStringField("time", envelope.write().committed().toString());
      }
      if (envelope.published() != null) {
        json.writeStringField("recordedtime", envelope.published().toString());
      }
      if (envelope.write().version() != null) {
        // The extension wants an order of strings: as many digits as a long can have.
        json.writeStringField(
            "sequence", String.format(Locale.ROOT, "%019d", envelope.write().version()));
      }
      for (Map.Entry<String, String> extension : envelope.extensions().entrySet()) {
        json.writeStringField(extension.getKey(), extension.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string could not be written to", e);
    }
    return text.toString();
  }
}
