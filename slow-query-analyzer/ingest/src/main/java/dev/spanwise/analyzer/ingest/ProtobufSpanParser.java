package dev.spanwise.analyzer.ingest;

import static dev.spanwise.analyzer.ingest.ProtobufField.ATTRIBUTES;
import static dev.spanwise.analyzer.ingest.ProtobufField.END_TIME_UNIX_NANO;
import static dev.spanwise.analyzer.ingest.ProtobufField.INT_VALUE;
import static dev.spanwise.analyzer.ingest.ProtobufField.KEY;
import static dev.spanwise.analyzer.ingest.ProtobufField.KIND;
import static dev.spanwise.analyzer.ingest.ProtobufField.LINKS;
import static dev.spanwise.analyzer.ingest.ProtobufField.LINK_SPAN_ID;
import static dev.spanwise.analyzer.ingest.ProtobufField.LINK_TRACE_ID;
import static dev.spanwise.analyzer.ingest.ProtobufField.NAME;
import static dev.spanwise.analyzer.ingest.ProtobufField.PARENT_SPAN_ID;
import static dev.spanwise.analyzer.ingest.ProtobufField.RESOURCE_ATTRIBUTES;
import static dev.spanwise.analyzer.ingest.ProtobufField.SPAN_ID;
import static dev.spanwise.analyzer.ingest.ProtobufField.START_TIME_UNIX_NANO;
import static dev.spanwise.analyzer.ingest.ProtobufField.STATUS;
import static dev.spanwise.analyzer.ingest.ProtobufField.STATUS_CODE;
import static dev.spanwise.analyzer.ingest.ProtobufField.STRING_VALUE;
import static dev.spanwise.analyzer.ingest.ProtobufField.TRACE_ID;
import static dev.spanwise.analyzer.ingest.ProtobufField.VALUE;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code Span} or one {@code Resource} from its bytes. Texts are taken as views of the
 * bytes and attributes that are not asked for are stepped over, so that little is allocated.
 *
 * <p>Not thread-safe.
 */
final class ProtobufSpanParser {

  private final Texts texts;
  private final SpanDraft draft;
  private byte[] bytes = {};
  private CodedInputStream in = CodedInputStream.newInstance(bytes);

  /** Of the attribute that was read last. */
  private final AttributeValue value = new AttributeValue();

  ProtobufSpanParser(Texts texts) {
    this.texts = texts;
    this.draft = new SpanDraft(texts);
  }

  /**
   * The span, valid or not; good until the next call.
   *
   * @throws InvalidProtocolBufferException if the bytes are not a protobuf message
   */
  SpanDraft span(byte[] message) throws IOException {
    start(message);
    draft.clear();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case TRACE_ID -> traceId();
        case SPAN_ID -> draft.spanId(spanId("span id", false));
        case PARENT_SPAN_ID -> draft.parentSpanId(spanId("parent span id", true));
        case NAME -> view(draft.name());
        case KIND -> draft.kind(in.readEnum());
        case START_TIME_UNIX_NANO -> draft.startNanos(in.readFixed64());
        case END_TIME_UNIX_NANO -> draft.endNanos(in.readFixed64());
        case ATTRIBUTES -> spanAttribute();
        case LINKS -> link();
        case STATUS -> status();
        default -> ProtobufMessages.skip(in, tag);
      }
    }
    return draft;
  }

  /**
   * {@code service.name} of a resource; null where it has none.
   *
   * @throws InvalidProtocolBufferException if the bytes are not a protobuf message
   */
  @Nullable String serviceName(byte[] message) throws IOException {
    start(message);
    String name = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag != RESOURCE_ATTRIBUTES) {
        ProtobufMessages.skip(in, tag);
      } else if (attribute() == Attribute.SERVICE_NAME) {
        name = value.text().isEmpty() ? null : texts.name(value.text());
      }
    }
    return name;
  }

  private void start(byte[] message) {
    bytes = message;
    in = CodedInputStream.newInstance(message);
  }

  private void traceId() throws IOException {
    int length = in.readRawVarint32();
    if (length == 2 * Long.BYTES) {
      draft.traceId(bigEndianLong(), bigEndianLong());
    } else {
      in.skipRawBytes(length);
      draft.reject("the trace id has " + length + " bytes, not 16");
    }
  }

  private long spanId(String field, boolean optional) throws IOException {
    int length = in.readRawVarint32();
    if (length == Long.BYTES) {
      return bigEndianLong();
    }
    in.skipRawBytes(length);
    if (length != 0 || !optional) {
      draft.reject("the " + field + " has " + length + " bytes, not 8");
    }
    return 0;
  }

  private long bigEndianLong() throws IOException {
    return Long.reverseBytes(in.readRawLittleEndian64());
  }

  /** Reads a {@code Span.Link}; an id of a wrong length counts as none. */
  private void link() throws IOException {
    long high = 0;
    long low = 0;
    long linkedSpanId = 0;
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int length = tag == LINK_TRACE_ID || tag == LINK_SPAN_ID ? in.readRawVarint32() : 0;
      if (tag == LINK_TRACE_ID && length == 2 * Long.BYTES) {
        high = bigEndianLong();
        low = bigEndianLong();
      } else if (tag == LINK_SPAN_ID && length == Long.BYTES) {
        linkedSpanId = bigEndianLong();
      } else if (tag == LINK_TRACE_ID || tag == LINK_SPAN_ID) {
        in.skipRawBytes(length);
      } else {
        ProtobufMessages.skip(in, tag);
      }
    }
    ProtobufMessages.end(in, outer);
    draft.link(high, low, linkedSpanId);
  }

  private void status() throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == STATUS_CODE) {
        draft.statusCode(in.readEnum());
      } else {
        ProtobufMessages.skip(in, tag);
      }
    }
    ProtobufMessages.end(in, outer);
  }

  private void spanAttribute() throws IOException {
    Attribute attribute = attribute();
    if (attribute != null) {
      draft.attribute(attribute, value);
    }
  }

  /** Reads a {@code KeyValue}; null where its key is not one of those asked for. */
  private @Nullable Attribute attribute() throws IOException {
    value.clear();
    Attribute attribute = null;
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case KEY -> {
          int length = in.readRawVarint32();
          int start = in.getTotalBytesRead();
          in.skipRawBytes(length);
          attribute = Attribute.of(bytes, start, length);
          if (attribute == null) {
            in.skipRawBytes(in.getBytesUntilLimit());
          }
        }
        case VALUE -> readValue();
        default -> ProtobufMessages.skip(in, tag);
      }
    }
    ProtobufMessages.end(in, outer);
    return attribute;
  }

  private void readValue() throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case STRING_VALUE -> view(value.text());
        case INT_VALUE -> value.number(in.readInt64());
        default -> ProtobufMessages.skip(in, tag);
      }
    }
    ProtobufMessages.end(in, outer);
  }

  private void view(Utf8 target) throws IOException {
    int length = in.readRawVarint32();
    int start = in.getTotalBytesRead();
    in.skipRawBytes(length);
    target.set(bytes, start, length);
  }
}
