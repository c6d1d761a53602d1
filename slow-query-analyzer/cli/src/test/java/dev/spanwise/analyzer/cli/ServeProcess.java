package dev.spanwise.analyzer.cli;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code spanwise serve} in a JVM of its own. */
final class ServeProcess {

  private static final Pattern PORT =
      Pattern.compile("(?m)^(?:report|metrics|spans| {5}).*127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final Path output;

  private ServeProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts it, and waits until it has said where it listens. */
  static ServeProcess start(String... options) throws IOException, InterruptedException {
    Path output = Files.createTempFile("spanwise-serve", ".out");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + "target/classes",
                Main.class.getName(),
                "serve"));
    command.addAll(List.of(options));
    ServeProcess started =
        new ServeProcess(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start(),
            output);
    Runtime.getRuntime().addShutdownHook(new Thread(started.process::destroyForcibly));
    for (int i = 0; i < 300 && !started.output().contains("Ctrl-C"); i++) {
      if (!started.process.isAlive()) {
        break;
      }
      Thread.sleep(100);
    }
    if (!started.output().contains("Ctrl-C")) {
      started.kill();
      throw new IllegalStateException("serve did not start: " + started.output());
    }
    return started;
  }

  /** All that it has printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Report, metrics, OTLP over gRPC and over HTTP, in this order. */
  List<Integer> ports() throws IOException {
    Matcher matcher = PORT.matcher(output());
    List<Integer> ports = new ArrayList<>();
    while (matcher.find()) {
      ports.add(Integer.valueOf(matcher.group(1)));
    }
    return ports;
  }

  URI uri() throws IOException {
    return URI.create("http://127.0.0.1:" + ports().get(0) + "/");
  }

  String otlpGrpc() throws IOException {
    return "http://127.0.0.1:" + ports().get(2);
  }

  String otlpHttp() throws IOException {
    return "http://127.0.0.1:" + ports().get(3) + "/v1/traces";
  }

  /** Sends SIGTERM. */
  void terminate() {
    process.destroy();
  }

  boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
    return process.waitFor(time, unit);
  }

  int exitCode() {
    return process.exitValue();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
