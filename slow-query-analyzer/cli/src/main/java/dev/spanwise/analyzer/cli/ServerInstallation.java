package dev.spanwise.analyzer.cli;

import dev.spanwise.demo.server.InstalledServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command that installs the servers that the demo found missing, from Debian's packages.
 *
 * @param words of the command that is run; never asks for anything
 */
record ServerInstallation(List<String> words) {

  private static final List<String> APT_GET =
      List.of("apt-get", "install", "--yes", "--no-install-recommends");

  ServerInstallation {
    words = List.copyOf(words);
  }

  static ServerInstallation of(Collection<InstalledServers.Kind> missing, boolean root) {
    Stream<String> user = root ? Stream.of() : Stream.of("sudo", "-n");
    Stream<String> packages = missing.stream().map(InstalledServers.Kind::debianPackage);
    return new ServerInstallation(
        Stream.of(user, APT_GET.stream(), packages).flatMap(words -> words).toList());
  }

  /** The same command for a person to type. */
  static String toType(Collection<InstalledServers.Kind> missing) {
    List<String> words = new ArrayList<>(List.of("sudo apt-get install --no-install-recommends"));
    missing.forEach(kind -> words.add(kind.debianPackage()));
    return String.join(" ", words);
  }

  /** Runs it to its end. */
  void run() throws InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new CommandFailure(
            ExitCode.WRONG_INPUT, this + " failed: " + said.substring(said.lastIndexOf('\n') + 1));
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.WRONG_INPUT, this + " cannot be run here: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
