package dev.spanwise.analyzer.ingest;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;

/** How the length before each message is written. */
enum FrameLength {
  /**
   * Four bytes, the first the highest.
   *
   * @see <a
   *     href="https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/fileexporter">the
   *     collector's file exporter</a>
   */
  FIXED {
    @Override
    int read(CodedInputStream in) throws IOException {
      return Integer.reverseBytes(in.readRawLittleEndian32());
    }
  },
  /** A varint, as protobuf's own {@code writeDelimitedTo} does. */
  VARINT {
    @Override
    int read(CodedInputStream in) throws IOException {
      return in.readRawVarint32();
    }
  };

  /** The length in bytes; negative when it is past 2 GiB. */
  abstract int read(CodedInputStream in) throws IOException;
}
