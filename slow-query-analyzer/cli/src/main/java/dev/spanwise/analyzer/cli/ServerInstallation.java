package dev.spanwise.analyzer.cli;

import static java.util.stream.Collectors.joining;

import dev.spanwise.demo.server.InstalledServers.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The commands that install the servers that the demo found missing, from Debian's packages.
 *
 * @param commands to be run one after the other, each as its words; none asks for anything
 */
record ServerInstallation(List<List<String>> commands) {

  ServerInstallation {
    commands = commands.stream().map(List::copyOf).toList();
  }

  static ServerInstallation of(Collection<Kind> missing, boolean root) {
    List<String> aptGet = new ArrayList<>(root ? List.of() : List.of("sudo", "-n"));
    // Not in the environment of the command itself: sudo clears that.
    aptGet.addAll(List.of("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--yes"));
    // A fresh machine has no list of packages, an old one may have one whose files are gone.
    List<String> update = new ArrayList<>(aptGet);
    update.add("update");
    List<String> install = new ArrayList<>(aptGet);
    install.addAll(List.of("install", "--no-install-recommends"));
    missing.forEach(kind -> install.add(kind.debianPackage()));
    return new ServerInstallation(List.of(update, install));
  }

  /** The same for a person to type. */
  static String toType(Collection<Kind> missing) {
    return "sudo apt-get update && sudo apt-get install --no-install-recommends "
        + missing.stream().map(Kind::debianPackage).collect(joining(" "));
  }

  /** What Debian does beside installing them, and the command that undoes it. */
  static String services(Collection<Kind> installed) {
    return "where systemd runs, Debian also starts these servers as services, now and at each boot; to end that: "
        + "sudo systemctl disable --now "
        + installed.stream().map(Kind::debianService).collect(joining(" "));
  }

  /**
   * Runs them to their end.
   *
   * @throws IOException if one cannot be run or fails; those after it are not run
   */
  void run() throws IOException, InterruptedException {
    for (List<String> command : commands) {
      run(command);
    }
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(text(command) + " cannot be run here: " + e.getMessage(), e);
    }
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(
          text(command) + " failed: " + said.substring(said.lastIndexOf('\n') + 1));
    }
  }

  private static String text(List<String> command) {
    return String.join(" ", command);
  }

  @Override
  public String toString() {
    return commands.stream().map(ServerInstallation::text).collect(joining(" && "));
  }
}
