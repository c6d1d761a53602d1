package dev.spanwise.analyzer.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A buffered stream whose next bytes can be looked at before they are read. Not thread-safe. */
final class PeekInput extends InputStream {

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int limit;
  private @Nullable IOException failure;

  PeekInput(InputStream in) {
    this.in = in;
  }

  /** The next bytes, {@code count} of them, or fewer where the input ends or fails. */
  byte[] peek(int count) throws IOException {
    try {
      while (limit - position < count && fill()) {}
    } catch (IOException e) {
      if (position == limit) {
        throw e;
      }
      failure = e; // for the read that gets there
    }
    return Arrays.copyOfRange(buffer, position, Math.min(limit, position + count));
  }

  /** The next byte, 0 to 255; -1 where the input ends. */
  int peek() throws IOException {
    return position < limit || fill() ? buffer[position] & 0xff : -1;
  }

  @Override
  public int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == limit && !fill()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (failure != null) {
      throw failure;
    }
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(count, 0);
    return count > 0;
  }
}
