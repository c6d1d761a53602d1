package dev.spanwise.analyzer.ingest;

/** Says what a file is that is no OTLP, so that its owner knows what to do next. */
final class ForeignFormat {

  private static final String EXPECTED =
      "expected OTLP traces: protobuf or JSON, plain or gzip-compressed";

  private ForeignFormat() {}

  /** The reason to reject a file that begins with {@code prefix}. */
  static String reason(byte[] prefix) {
    return guess(prefix) + "; " + EXPECTED;
  }

  private static String guess(byte[] prefix) {
    if (TraceFormat.startsWith(prefix, 0x28, 0xb5, 0x2f, 0xfd)) {
      return "compressed with zstd: decompress it first";
    }
    if (TraceFormat.startsWith(prefix, 0xff, 0x06, 0x00, 0x00, 's', 'N', 'a', 'P')) {
      return "compressed with snappy: decompress it first";
    }
    if (TraceFormat.startsWith(prefix, 0xfd, '7', 'z', 'X', 'Z')) {
      return "compressed with xz: decompress it first";
    }
    if (TraceFormat.startsWith(prefix, 'B', 'Z', 'h')) {
      return "compressed with bzip2: decompress it first";
    }
    if (TraceFormat.startsWith(prefix, 'P', 'K', 3, 4)) {
      return "a zip archive: extract it first";
    }
    if (TraceFormat.startsWith(prefix, 0x89, 'P', 'N', 'G')) {
      return "a PNG image";
    }
    if (TraceFormat.startsWith(prefix, '%', 'P', 'D', 'F')) {
      return "a PDF document";
    }
    if (TraceFormat.startsWith(prefix, 'P', 'A', 'R', '1')) {
      return "a Parquet file";
    }
    if (TraceFormat.startsWith(prefix, 0xff, 0xfe) || TraceFormat.startsWith(prefix, 0xfe, 0xff)) {
      return "text in UTF-16: OTLP/JSON is UTF-8";
    }
    return isText(prefix) ? "a text file that is not JSON" : "an unknown binary file";
  }

  private static boolean isText(byte[] prefix) {
    for (byte b : prefix) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1b) {
        return false;
      }
    }
    return true;
  }
}
