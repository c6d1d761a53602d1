package dev.spanwise.demo.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process that listens on one port of the loopback interface. Where there is a {@code
 * setsid} (all of Linux), Ctrl-C at the terminal does not reach it: whoever started it ends it, in
 * good order.
 */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  /** Whoever started the servers ends them in order within this time, if at all. */
  private static final Duration ORDERLY_END_LIMIT = Duration.ofSeconds(15);

  private static final int QUOTED_LOG_CHARACTERS = 600;
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread endOfJvm = new Thread(this::endWithJvm, "end-of-server");

  private ServerProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a program and waits until its port accepts connections.
   *
   * @param log where its output goes
   * @throws IOException if it ends before that, or needs more than 20 seconds; the end of its log
   *     is in the message
   */
  static ServerProcess start(String name, List<String> command, int port, Path log)
      throws IOException {
    Process process =
        new ProcessBuilder(inItsOwnSession(command))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ServerProcess server = new ServerProcess(name, process, log);
    try {
      Runtime.getRuntime().addShutdownHook(server.endOfJvm);
      server.awaitPort(port);
      return server;
    } catch (IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static List<String> inItsOwnSession(List<String> command) {
    if (!Files.isExecutable(SETSID)) {
      return command;
    }
    List<String> alone = new ArrayList<>(command);
    alone.add(0, SETSID.toString());
    return alone;
  }

  private void awaitPort(int port) throws IOException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!accepts(port)) {
      if (!process.isAlive()) {
        throw new IOException(name + " ended with " + process.exitValue() + logEnd());
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(name + " did not answer on port " + port + logEnd());
      }
      pause();
    }
  }

  /** Between two looks at whether a server is ready. */
  static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a server started", e);
    }
  }

  private String logEnd() throws IOException {
    // Not readString, which refuses a log in another encoding.
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    String end = text.substring(Math.max(0, text.length() - QUOTED_LOG_CHARACTERS));
    return end.isEmpty() ? "" : ": " + end;
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** A port that was free a moment ago. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * Runs a program to its end.
   *
   * @param environment what it has beside this process's own
   * @throws IOException if it does not end with 0; what it said is in the message
   */
  static void run(String name, List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    ServerProcess run = new ServerProcess(name, process, log);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IOException(name + " needs more than a minute" + run.logEnd());
      }
      if (process.exitValue() != 0) {
        throw new IOException(name + " ended with " + process.exitValue() + run.logEnd());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + name + " ran", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What a program says of itself; nothing if it cannot be run. */
  static String output(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException cannotRun) {
      return "";
    }
  }

  /** Asks the process to end, and ends it where it does not within five seconds. */
  @Override
  public void close() {
    process.destroy();
    awaitEnd();
  }

  /** Forgotten by whoever started it, or not reached: it is not to outlive this JVM. */
  private void endWithJvm() {
    try {
      if (!process.waitFor(ORDERLY_END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  void awaitEnd() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      interrupted = true;
      process.destroyForcibly();
    } finally {
      try {
        Runtime.getRuntime().removeShutdownHook(endOfJvm);
      } catch (IllegalStateException stopping) {
        // The hook waits for the end of the process, which has come.
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
