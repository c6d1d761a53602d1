package dev.spanwise.testing.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL whose programs come as a dependency. */
final class EmbeddedInstance implements Instance {
  private static final int ANY_PORT = 0;
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Map<String, String> settings;
  private final Duration longestStart;
  private final Path directory = Account.OWN.newDirectory("embedded");
  private final Path data = directory.resolve("data");
  private final ProgramOutput output = new ProgramOutput(directory.resolve("output"));
  private final ShutdownHook shutdownHook;
  private final int port;
  private @Nullable EmbeddedPostgres server;

  /**
   * Starts a server with settings by name.
   *
   * @throws IllegalStateException if it does not get ready, with the end of what it printed
   */
  EmbeddedInstance(Map<String, String> settings) {
    this(settings, LONGEST_START);
  }

  EmbeddedInstance(Map<String, String> settings, Duration longestStart) {
    this.settings = settings;
    this.longestStart = longestStart;
    shutdownHook = ShutdownHook.add(this::endAndDelete);
    try {
      EmbeddedPostgres started = startOnFreePort();
      server = started;
      port = started.getPort();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private EmbeddedPostgres startOnFreePort() {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOn(ANY_PORT);
      } catch (IllegalStateException e) {
        if (attempt == Ports.TO_TRY || !output.saysPortIsTaken()) {
          throw e;
        }
      }
    }
  }

  private EmbeddedPostgres startOn(int wanted) {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setPGStartupWait(longestStart)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setErrorRedirector(Redirect.appendTo(output.file().toFile()))
            .setOutputRedirector(Redirect.appendTo(output.file().toFile()));
    settings.forEach(builder::setServerConfig);
    if (wanted != ANY_PORT) {
      builder.setPort(wanted);
    }
    try {
      return builder.start();
    } catch (IOException | IllegalStateException e) {
      killUnready();
      throw new IllegalStateException(
          "the embedded PostgreSQL did not get ready; the end of its output:\n" + output.end(), e);
    }
  }

  /** The library forgets a server that was not ready in time, without ending it. */
  private void killUnready() {
    Path processIdFile = data.resolve("postmaster.pid");
    if (Files.exists(processIdFile)) {
      try {
        long processId = Long.parseLong(Files.readAllLines(processIdFile).get(0));
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.pid() == processId)
            .forEach(ProcessHandle::destroyForcibly);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
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
    if (server == null) {
      server = startOn(port);
    }
  }

  @Override
  public synchronized void stop() {
    EmbeddedPostgres running = server;
    if (running == null) {
      return;
    }
    server = null;
    try {
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    shutdownHook.remove();
    endAndDelete();
  }

  private synchronized void endAndDelete() {
    stop();
    Directories.delete(directory);
  }
}
