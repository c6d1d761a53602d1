package dev.spanwise.analyzer.postgresql.log;

import dev.spanwise.analyzer.execution.ServerEvent;
import dev.spanwise.analyzer.input.Rejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what {@link ServerLogReader} reads while the log grows. Follows a path through truncation
 * and through rotation to a new file of the same name; of a directory, its newest {@code *.log},
 * {@code *.csv} or {@code *.json} file, and from there each newer one. A file that is cut short and
 * has grown past its old length again within one look (a quarter of a second) cannot be told from
 * one that only grew.
 *
 * <p>One daemon thread looks, reads and calls the consumers. Memory is bounded as in {@link
 * ServerLogReader}.
 */
public final class LogFollower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** Where to begin in a file that is there at the start; later ones are read from their start. */
  public enum From {
    START,
    END
  }

  private final CountDownLatch closing = new CountDownLatch(1);
  private final FollowedFiles files;
  private final Consumer<Rejection> rejections;
  private final Path path;
  private final Thread thread;
  private boolean failing;
  private volatile boolean waiting;

  private LogFollower(
      Path path,
      From from,
      ServerLogOptions options,
      Consumer<ServerEvent> events,
      Consumer<Rejection> rejections) {
    this.path = path;
    this.rejections = rejections;
    this.files =
        new FollowedFiles(
            path,
            from,
            source ->
                new ServerLogDecoder(
                    source, options, null, event -> handOver(event, events), rejections));
    this.thread = new Thread(this::run, "spanwise-log-follower");
    thread.setDaemon(true);
  }

  /**
   * Begins to follow. A path that does not exist yet is waited for; one that cannot be read is too,
   * and rejected once.
   *
   * @param path a log file, or the server's {@code log_directory}
   * @param events called on the follower's thread
   * @param rejections called on the follower's thread
   */
  public static LogFollower start(
      Path path,
      From from,
      ServerLogOptions options,
      Consumer<ServerEvent> events,
      Consumer<Rejection> rejections) {
    LogFollower follower = new LogFollower(path, from, options, events, rejections);
    follower.thread.start();
    return follower;
  }

  /** Reads what is already written, hands over the last entry and ends the thread. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is waited for before there is anything to read, in words; null where it is there. */
  public @Nullable String waiting() {
    return waiting ? "the log " + path + " is waited for: it is not there yet" : null;
  }

  private void run() {
    try (files) {
      boolean closed = false;
      while (!closed) {
        look();
        closed = closing.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      }
      look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      files.look();
      failing = false;
      waiting = false;
    } catch (IOException e) {
      waiting = e instanceof NoSuchFileException && Files.notExists(path);
      if (!waiting && !failing) {
        failing = true;
        rejections.accept(new Rejection(path.toString(), "file", "cannot be read: " + e));
      }
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("following {} failed; it goes on with what is written next", path, e);
    }
  }

  /** What one event makes a consumer do costs no other event. */
  private void handOver(ServerEvent event, Consumer<ServerEvent> events) {
    try {
      events.accept(event);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("following {}: a consumer failed", path, e);
    }
  }
}
