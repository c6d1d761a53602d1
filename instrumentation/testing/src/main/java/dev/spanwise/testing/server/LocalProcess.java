package dev.spanwise.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that runs on this machine, in a directory that is deleted with it. */
final class LocalProcess implements Instance {
  private static final Duration LONGEST_START = Duration.ofSeconds(60);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

  private final LocalProgram program;
  private final Path directory;
  private final ProgramOutput output;
  private final ShutdownHook shutdownHook;
  private int port;
  private @Nullable Process process;

  /**
   * Starts the program on a free port; on another one where someone else took it in between.
   *
   * @param directory the program's alone, made for its account
   * @throws IllegalStateException if it does not get ready, with the end of what it printed
   */
  LocalProcess(LocalProgram program, Path directory) {
    this.program = program;
    this.directory = directory;
    this.output = new ProgramOutput(directory.resolve("output"));
    shutdownHook = ShutdownHook.add(this::endAndDelete);
    try {
      startOnFreePort();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startOnFreePort() {
    for (int attempt = 1; ; attempt++) {
      port = Ports.free();
      try {
        start();
        return;
      } catch (IllegalStateException e) {
        if (attempt == Ports.TO_TRY || !output.saysPortIsTaken()) {
          throw e;
        }
      }
    }
  }

  @Override
  public String host() {
    return Ports.LOOPBACK;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public synchronized void start() {
    if (process != null && process.isAlive()) {
      return;
    }
    try {
      Process started =
          new ProcessBuilder(program.account().command(program.command().apply(port)))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.file().toFile())
              .start();
      process = started;
      awaitReady(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady(Process started) {
    Instant deadline = Instant.now().plus(LONGEST_START);
    while (!output.contains(program.readyText())) {
      if (!started.isAlive()) {
        throw notReady("ended with exit code " + started.exitValue());
      }
      if (Instant.now().isAfter(deadline)) {
        end();
        throw notReady("was not ready within " + LONGEST_START.toSeconds() + " s");
      }
      pause();
    }
  }

  private IllegalStateException notReady(String how) {
    return new IllegalStateException(
        "%s on 127.0.0.1:%d %s; the end of its output:%n%s"
            .formatted(program.name(), port, how, output.end()));
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a server was starting", e);
    }
  }

  @Override
  public void stop() {
    end();
  }

  private synchronized void end() {
    Process running = process;
    if (running == null) {
      return;
    }
    process = null;
    try {
      if (running.isAlive()) {
        signal(running);
        if (!running.waitFor(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
          running.destroyForcibly().waitFor();
        }
      }
    } catch (IOException e) {
      running.destroyForcibly();
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  // Process.destroy() knows TERM alone.
  private void signal(Process running) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -" + program.stopSignal() + " " + running.pid())
        .start()
        .waitFor();
  }

  @Override
  public void close() {
    shutdownHook.remove();
    endAndDelete();
  }

  private synchronized void endAndDelete() {
    end();
    Directories.delete(directory);
  }
}
