package dev.spanwise.analyzer.postgresql.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The file that is followed, and how one follows another. For one thread. */
final class FollowedFiles implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final int LEFT_FILES = 256;

  private final Path path;
  private final LogFollower.From from;
  private final Function<String, ServerLogDecoder> decoders;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  /** How far the files that were left behind had been read, the latest ones. */
  private final Map<String, Long> left = new LinkedHashMap<>();

  private @Nullable Open open;
  private boolean started;

  FollowedFiles(Path path, LogFollower.From from, Function<String, ServerLogDecoder> decoders) {
    this.path = path;
    this.from = from;
    this.decoders = decoders;
  }

  /** Reads all that is there; an entry that did not grow since the last look is whole. */
  void look() throws IOException {
    if (open == null) {
      open(LogFiles.first(path));
    }
    Open current = open;
    if (current == null) {
      return;
    }
    boolean grew = read(current);
    Optional<LogFiles.Candidate> next = LogFiles.after(path, current.file, left);
    while (next.isPresent()) {
      // The server may have written between the read and the look for its successor.
      read(current);
      leave(current);
      current = open(next);
      if (current == null) {
        return;
      }
      grew = read(current);
      next = LogFiles.after(path, current.file, left);
    }
    if (!grew) {
      current.decoder.quiet();
    }
  }

  private @Nullable Open open(Optional<LogFiles.Candidate> candidate) throws IOException {
    boolean atEnd = !started && from == LogFollower.From.END;
    if (candidate.isEmpty()) {
      return null;
    }
    LogFiles.Candidate file = candidate.get();
    FileChannel channel;
    try {
      channel = FileChannel.open(file.path());
    } catch (NoSuchFileException sinceItWasFound) {
      return null;
    }
    started = true;
    long position = left.getOrDefault(file.key(), 0L);
    Open opened =
        new Open(
            file,
            channel,
            decoders.apply(file.path().toString()),
            atEnd ? channel.size() : position);
    open = opened;
    return opened;
  }

  private void leave(Open current) throws IOException {
    current.decoder.end();
    current.channel.close();
    open = null;
    if (!Files.isDirectory(path)) {
      // A file that replaces another can get the identity of one before it.
      return;
    }
    left.put(current.file.key(), current.position);
    if (left.size() > LEFT_FILES) {
      left.remove(left.keySet().iterator().next());
    }
  }

  private boolean read(Open current) throws IOException {
    if (current.channel.size() < current.position) {
      current.decoder.end();
      current.decoder = decoders.apply(current.file.path().toString());
      current.position = 0;
    }
    boolean grew = false;
    buffer.clear();
    for (int count = current.channel.read(buffer, current.position);
        count > 0;
        count = current.channel.read(buffer, current.position)) {
      current.position += count;
      current.decoder.feed(buffer.array(), count);
      buffer.clear();
      grew = true;
    }
    return grew;
  }

  @Override
  public void close() {
    Open current = open;
    if (current == null) {
      return;
    }
    try {
      leave(current);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Open {

    final LogFiles.Candidate file;
    final FileChannel channel;
    ServerLogDecoder decoder;
    long position;

    Open(LogFiles.Candidate file, FileChannel channel, ServerLogDecoder decoder, long position) {
      this.file = file;
      this.channel = channel;
      this.decoder = decoder;
      this.position = position;
    }
  }
}
