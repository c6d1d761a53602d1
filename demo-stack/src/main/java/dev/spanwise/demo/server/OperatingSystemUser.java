package dev.spanwise.demo.server;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Whom PostgreSQL runs as. It refuses to run as root: there it is {@code nobody}. */
final class OperatingSystemUser {
  private static final boolean ROOT = System.getProperty("user.name", "").equals("root");
  private static final String USER = "nobody";
  private static final String GROUP = "nogroup";

  private OperatingSystemUser() {}

  /** What goes before a command so that it runs as that user; needs util-linux's setpriv. */
  static List<String> prefix() {
    return ROOT
        ? List.of("setpriv", "--reuid=" + USER, "--regid=" + GROUP, "--clear-groups")
        : List.of();
  }

  /**
   * Makes a directory that user's, and lets others through its parent.
   *
   * @throws IOException if there is no such user
   */
  static void giveDirectory(Path directory) throws IOException {
    give(directory);
    Path parent = directory.toAbsolutePath().getParent();
    if (ROOT && parent != null) {
      Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  /**
   * Makes a file that user's.
   *
   * @throws IOException if there is no such user
   */
  static void give(Path file) throws IOException {
    if (ROOT) {
      FileSystem files = file.getFileSystem();
      Files.setOwner(file, files.getUserPrincipalLookupService().lookupPrincipalByName(USER));
    }
  }
}
