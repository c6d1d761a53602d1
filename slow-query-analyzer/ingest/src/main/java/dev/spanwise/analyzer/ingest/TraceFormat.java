package dev.spanwise.analyzer.ingest;

import org.jspecify.annotations.Nullable;

/** The kinds of trace file, told from the first bytes. */
enum TraceFormat {
  GZIP,
  JSON,
  PROTOBUF,
  PROTOBUF_FIXED_FRAMES,
  PROTOBUF_VARINT_FRAMES;

  /** As many bytes of a file's beginning as {@link #of} looks at. */
  static final int PREFIX_BYTES = 512;

  private static final int[] BYTE_ORDER_MARK = {0xef, 0xbb, 0xbf};

  /** The format of a file that begins with {@code prefix}; null where it is none of these. */
  static @Nullable TraceFormat of(byte[] prefix) {
    if (startsWith(prefix, 0x1f, 0x8b)) {
      return GZIP;
    }
    if (isJson(prefix)) {
      return JSON;
    }
    // A frame of ten bytes begins as a message does; what stands inside tells them apart.
    if (isMessage(prefix, 0, Long.MAX_VALUE)) {
      return PROTOBUF;
    }
    if (isFixedFrames(prefix)) {
      return PROTOBUF_FIXED_FRAMES;
    }
    return isVarintFrames(prefix) ? PROTOBUF_VARINT_FRAMES : looksLikeJson(prefix);
  }

  /** Whether the bytes begin with the mark that some editors put before UTF-8. */
  static boolean hasByteOrderMark(byte[] prefix) {
    return startsWith(prefix, BYTE_ORDER_MARK);
  }

  private static @Nullable TraceFormat looksLikeJson(byte[] prefix) {
    int start = jsonStart(prefix);
    return start < prefix.length && (prefix[start] == '{' || prefix[start] == '[') ? JSON : null;
  }

  /** An opening brace and a quote or a closing brace: in protobuf no field has the quote as tag. */
  private static boolean isJson(byte[] prefix) {
    int brace = jsonStart(prefix);
    if (brace >= prefix.length || prefix[brace] != '{') {
      return false;
    }
    int next = afterSpace(prefix, brace + 1);
    return next < prefix.length && (prefix[next] == '"' || prefix[next] == '}');
  }

  private static int jsonStart(byte[] prefix) {
    return afterSpace(prefix, hasByteOrderMark(prefix) ? BYTE_ORDER_MARK.length : 0);
  }

  private static boolean isFixedFrames(byte[] prefix) {
    if (prefix.length < 5) {
      return false;
    }
    long length = 0;
    for (int i = 0; i < 4; i++) {
      length = (length << 8) | (prefix[i] & 0xff);
    }
    return length <= Integer.MAX_VALUE && isMessage(prefix, 4, length);
  }

  private static boolean isVarintFrames(byte[] prefix) {
    int start = afterVarint(prefix, 0);
    return start > 0 && isMessage(prefix, start, varint(prefix, 0));
  }

  /** Whether a message of {@code length} bytes can begin at {@code start} with resource_spans. */
  private static boolean isMessage(byte[] prefix, int start, long length) {
    if (start >= prefix.length || prefix[start] != ProtobufField.RESOURCE_SPANS) {
      return false;
    }
    int content = afterVarint(prefix, start + 1);
    if (content < 0) {
      return false;
    }
    long inner = varint(prefix, start + 1);
    if (inner > Integer.MAX_VALUE || content - start + inner > length) {
      return false;
    }
    if (inner == 0 || content >= prefix.length) {
      return true;
    }
    int tag = prefix[content] & 0xff;
    return tag == ProtobufField.RESOURCE
        || tag == ProtobufField.SCOPE_SPANS
        || tag == ProtobufField.SCHEMA_URL;
  }

  /** The first place behind a varint at {@code start}; -1 where there is none. */
  private static int afterVarint(byte[] prefix, int start) {
    for (int i = start; i < prefix.length && i < start + 5; i++) {
      if (prefix[i] >= 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static long varint(byte[] prefix, int start) {
    long value = 0;
    for (int i = start, shift = 0; ; i++, shift += 7) {
      value |= (long) (prefix[i] & 0x7f) << shift;
      if (prefix[i] >= 0) {
        return value;
      }
    }
  }

  private static int afterSpace(byte[] prefix, int start) {
    int at = start;
    while (at < prefix.length
        && (prefix[at] == ' ' || prefix[at] == '\t' || prefix[at] == '\r' || prefix[at] == '\n')) {
      at++;
    }
    return at;
  }

  static boolean startsWith(byte[] prefix, int... magic) {
    if (prefix.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((prefix[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
