package dev.spanwise.analyzer.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

/** Well-formed JSON that is not OTLP. The message quotes nothing of the input. */
final class OtlpJsonException extends JsonProcessingException {

  private static final long serialVersionUID = 1;

  OtlpJsonException(JsonParser json, String reason) {
    super(reason, json.currentLocation());
  }
}
