package dev.spanwise.analyzer.ingest;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;

/** What {@link CodedInputStream} leaves to generated code: the ends of messages. */
final class ProtobufMessages {

  private ProtobufMessages() {}

  static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("the end of a group that was not begun");
    }
  }

  /**
   * Leaves a message: its fields must fill its length, which they do not where the input is cut.
   */
  static void end(CodedInputStream in, int outerLimit) throws IOException {
    if (in.getBytesUntilLimit() != 0) {
      throw new InvalidProtocolBufferException("the input ends inside a message");
    }
    in.popLimit(outerLimit);
  }
}
