package dev.spanwise.analyzer.ingest;

import static dev.spanwise.analyzer.ingest.ProtobufField.RESOURCE;
import static dev.spanwise.analyzer.ingest.ProtobufField.RESOURCE_SPANS;
import static dev.spanwise.analyzer.ingest.ProtobufField.SCOPE_SPANS;
import static dev.spanwise.analyzer.ingest.ProtobufField.SPANS;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks {@code TracesData} or {@code ExportTraceServiceRequest}, which are the same on the wire,
 * and holds one span at a time, however large a message is.
 *
 * <p>A span or a resource whose bytes are damaged is rejected by itself, since its length still
 * says where the next one begins. Damage outside of spans ends the message.
 *
 * <p>Not thread-safe.
 */
final class OtlpProtobufDecoder {

  /** The largest span or resource that is read: 4 MiB. */
  static final int MAX_SPAN_BYTES = 4 << 20;

  private final ProtobufSpanParser parser;
  private long base;

  OtlpProtobufDecoder(Texts texts) {
    parser = new ProtobufSpanParser(texts);
  }

  /** Reads one message that ends with its input. */
  void decode(CodedInputStream in, SpanSink sink) throws IOException {
    base = 0;
    try {
      message(in, sink, true);
    } catch (InvalidProtocolBufferException e) {
      throw new OtlpFormatException(place(in), damage(e));
    }
  }

  /** Reads messages with a length before each; a damaged one is rejected and stepped over. */
  void decodeFrames(CodedInputStream in, FrameLength frameLength, SpanSink sink)
      throws IOException {
    base = 0;
    try {
      while (!in.isAtEnd()) {
        rebase(in);
        frame(in, frameLength.read(in), sink);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new OtlpFormatException(place(in), "the input ends inside a record");
    }
  }

  private void frame(CodedInputStream in, int length, SpanSink sink) throws IOException {
    if (length < 0) {
      throw new OtlpFormatException(place(in), "a record's length is past 2 GiB");
    }
    int end = in.getTotalBytesRead() + length;
    int outer = in.pushLimit(length);
    try {
      message(in, sink, false);
      ProtobufMessages.end(in, outer);
    } catch (InvalidProtocolBufferException e) {
      in.popLimit(outer);
      if (in.getTotalBytesRead() < end && in.isAtEnd()) {
        throw e;
      }
      sink.reject(
          place(in), damage(e) + "; the record of " + length + " bytes is left out from there on");
      in.skipRawBytes(end - in.getTotalBytesRead());
    }
  }

  private void message(CodedInputStream in, SpanSink sink, boolean outermost) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == RESOURCE_SPANS) {
        resourceSpans(in, sink);
      } else {
        ProtobufMessages.skip(in, tag);
      }
      if (outermost) {
        rebase(in);
      }
    }
  }

  private void resourceSpans(CodedInputStream in, SpanSink sink) throws IOException {
    sink.startResource();
    try {
      int outer = in.pushLimit(in.readRawVarint32());
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case RESOURCE -> resource(in, sink);
          case SCOPE_SPANS -> scopeSpans(in, sink);
          default -> ProtobufMessages.skip(in, tag);
        }
      }
      ProtobufMessages.end(in, outer);
    } catch (IOException e) {
      sink.endResource();
      throw e;
    }
    sink.endResource();
  }

  private void scopeSpans(CodedInputStream in, SpanSink sink) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == SPANS) {
        span(in, sink);
      } else {
        ProtobufMessages.skip(in, tag);
      }
    }
    ProtobufMessages.end(in, outer);
  }

  private void resource(CodedInputStream in, SpanSink sink) throws IOException {
    long start = position(in);
    byte[] message = bytes(in);
    if (message == null) {
      sink.reject(place(start), "the resource is larger than " + MAX_SPAN_BYTES + " bytes");
      return;
    }
    String service;
    try {
      service = parser.serviceName(message);
    } catch (InvalidProtocolBufferException e) {
      sink.reject(place(start), "in a resource: " + damage(e));
      return;
    }
    sink.resource(service, place(start));
  }

  private void span(CodedInputStream in, SpanSink sink) throws IOException {
    long start = position(in);
    byte[] message = bytes(in);
    if (message == null) {
      sink.rejectSpan(place(start), "the span is larger than " + MAX_SPAN_BYTES + " bytes");
      return;
    }
    SpanDraft draft;
    try {
      draft = parser.span(message);
    } catch (InvalidProtocolBufferException e) {
      sink.rejectSpan(place(start), "in a span: " + damage(e));
      return;
    }
    String flaw = draft.flaw();
    if (flaw != null) {
      sink.rejectSpan(place(start), flaw);
    } else {
      sink.accept(draft);
    }
  }

  /** The next field's bytes; null where they are too many to hold. */
  private static byte @Nullable [] bytes(CodedInputStream in) throws IOException {
    int length = in.readRawVarint32();
    if (length > MAX_SPAN_BYTES) {
      in.skipRawBytes(length);
      return null;
    }
    return in.readRawBytes(length);
  }

  /** The stream counts in an int: between messages, where no limit is set, it may start anew. */
  private void rebase(CodedInputStream in) {
    base += in.getTotalBytesRead();
    in.resetSizeCounter();
  }

  private long position(CodedInputStream in) {
    return base + in.getTotalBytesRead();
  }

  private String place(CodedInputStream in) {
    return place(position(in));
  }

  private static String place(long position) {
    return "byte " + position;
  }

  private static String damage(InvalidProtocolBufferException e) {
    return "not a protobuf message (" + e.getMessage() + ")";
  }
}
