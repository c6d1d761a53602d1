package dev.spanwise.analyzer.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Delimited batches that are made while they are read: a file that needs no disk. */
final class GeneratedStream extends InputStream {

  private final TraceGenerator generator = new TraceGenerator(2);
  private final long batches;
  private long made;
  private byte[] batch = {};
  private int position;

  /**
   * @param spans how many, rounded up to whole batches
   */
  GeneratedStream(long spans) {
    batches = (spans + TraceGenerator.BATCH - 1) / TraceGenerator.BATCH;
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position == batch.length) {
      if (made == batches) {
        return -1;
      }
      made++;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      generator.next().writeDelimitedTo(bytes);
      batch = bytes.toByteArray();
      position = 0;
    }
    int count = Math.min(length, batch.length - position);
    System.arraycopy(batch, position, target, offset, count);
    position += count;
    return count;
  }
}
