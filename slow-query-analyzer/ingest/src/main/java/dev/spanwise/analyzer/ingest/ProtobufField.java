package dev.spanwise.analyzer.ingest;

/**
 * The fields that are read, as tags: field number times eight plus wire type.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">trace.proto</a>
 * @see <a
 *     href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto">common.proto</a>
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">the wire format</a>
 */
final class ProtobufField {

  /** {@code TracesData} and {@code ExportTraceServiceRequest}: resource_spans = 1. */
  static final int RESOURCE_SPANS = (1 << 3) | 2;

  /** {@code ResourceSpans}: resource = 1, scope_spans = 2, schema_url = 3. */
  static final int RESOURCE = (1 << 3) | 2;

  static final int SCOPE_SPANS = (2 << 3) | 2;
  static final int SCHEMA_URL = (3 << 3) | 2;

  /** {@code Resource}: attributes = 1. */
  static final int RESOURCE_ATTRIBUTES = (1 << 3) | 2;

  /** {@code ScopeSpans}: spans = 2. */
  static final int SPANS = (2 << 3) | 2;

  /** {@code Span}. */
  static final int TRACE_ID = (1 << 3) | 2;

  static final int SPAN_ID = (2 << 3) | 2;
  static final int PARENT_SPAN_ID = (4 << 3) | 2;
  static final int NAME = (5 << 3) | 2;
  static final int KIND = 6 << 3;
  static final int START_TIME_UNIX_NANO = (7 << 3) | 1;
  static final int END_TIME_UNIX_NANO = (8 << 3) | 1;
  static final int ATTRIBUTES = (9 << 3) | 2;
  static final int LINKS = (13 << 3) | 2;
  static final int STATUS = (15 << 3) | 2;

  /** {@code Span.Link}: trace_id = 1, span_id = 2. */
  static final int LINK_TRACE_ID = (1 << 3) | 2;

  static final int LINK_SPAN_ID = (2 << 3) | 2;

  /** {@code Status}: code = 3. */
  static final int STATUS_CODE = 3 << 3;

  /** {@code KeyValue}: key = 1, value = 2. */
  static final int KEY = (1 << 3) | 2;

  static final int VALUE = (2 << 3) | 2;

  /** {@code AnyValue}: string_value = 1, int_value = 3. */
  static final int STRING_VALUE = (1 << 3) | 2;

  static final int INT_VALUE = 3 << 3;

  private ProtobufField() {}
}
