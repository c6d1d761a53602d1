package dev.spanwise.analyzer.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The content of a gzip file of one member or more.
 *
 * <p>Unlike {@link java.util.zip.GZIPInputStream} it gives all bytes before a damaged place, says
 * where that is, and neither ends early on a pipe that has no bytes ready between two members nor
 * passes over what follows the last one. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipInput extends InputStream {

  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;
  private static final int DEFLATE = 8;
  private static final int FLAG_HEADER_CHECKSUM = 2;
  private static final int FLAG_EXTRA = 4;
  private static final int FLAG_NAME = 8;
  private static final int FLAG_COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] compressed = new byte[16 * 1024];
  private int position;
  private int limit;
  private long discarded;
  private boolean insideMember;
  private @Nullable ZipException failure;

  GzipInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  /**
   * @throws ZipException where the data is damaged or cut: {@link #offset} says where
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (failure != null) {
      throw failure;
    }
    try {
      int count = 0;
      while (count == 0) {
        if (!insideMember && !startMember()) {
          return -1;
        }
        count = inflate(target, offset, length);
      }
      checksum.update(target, offset, count);
      return count;
    } catch (ZipException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    long before = inflater.getBytesWritten();
    try {
      int count = inflater.inflate(target, offset, length);
      if (inflater.finished()) {
        position = limit - inflater.getRemaining();
        if (count > 0) {
          return count;
        }
        endMember();
      } else if (count == 0 && inflater.needsDictionary()) {
        throw new ZipException("the gzip data needs a preset dictionary");
      } else if (count == 0) {
        position = limit;
        requireMore();
        inflater.setInput(compressed, position, limit - position);
      }
      return count;
    } catch (DataFormatException e) {
      position = limit - inflater.getRemaining();
      int count = (int) (inflater.getBytesWritten() - before);
      failure = new ZipException("the gzip data is damaged");
      if (count == 0) {
        throw failure;
      }
      return count;
    }
  }

  private boolean startMember() throws IOException {
    if (position == limit && !fill()) {
      return false;
    }
    if (next() != MAGIC_1 || next() != MAGIC_2 || next() != DEFLATE) {
      throw new ZipException("what follows is not gzip data");
    }
    int flags = next();
    skip(6); // time, compression level, operating system
    if ((flags & FLAG_EXTRA) != 0) {
      skip(next() | (next() << 8));
    }
    if ((flags & FLAG_NAME) != 0) {
      while (next() != 0) {}
    }
    if ((flags & FLAG_COMMENT) != 0) {
      while (next() != 0) {}
    }
    if ((flags & FLAG_HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(compressed, position, limit - position);
    checksum.reset();
    insideMember = true;
    return true;
  }

  private void endMember() throws IOException {
    long expected = nextInt();
    long size = nextInt();
    if (expected != checksum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the gzip checksum does not match the data before it");
    }
    insideMember = false;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private long nextInt() throws IOException {
    return next() | (next() << 8) | (next() << 16) | ((long) next() << 24);
  }

  private int next() throws IOException {
    if (position == limit) {
      requireMore();
    }
    return compressed[position++] & 0xff;
  }

  private void requireMore() throws IOException {
    if (!fill()) {
      throw new ZipException("the gzip data ends before its end mark");
    }
  }

  private boolean fill() throws IOException {
    discarded += limit;
    position = 0;
    limit = Math.max(in.read(compressed, 0, compressed.length), 0);
    return limit > 0;
  }

  /** The number of compressed bytes read. */
  long offset() {
    return discarded + position;
  }
}
