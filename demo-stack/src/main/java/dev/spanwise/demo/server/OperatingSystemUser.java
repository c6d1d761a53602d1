package dev.spanwise.demo.server;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;

/**
 * Whom PostgreSQL runs as. It refuses to run as root: there it is the user {@code postgres} that
 * Debian's package makes.
 */
final class OperatingSystemUser {
  private static final boolean ROOT = System.getProperty("user.name", "").equals("root");
  private static final String UNPRIVILEGED = "postgres";

  private OperatingSystemUser() {}

  /** What goes before a command so that it runs as that user; needs util-linux's setpriv. */
  static List<String> prefix() {
    return ROOT
        ? List.of("setpriv", "--reuid=" + UNPRIVILEGED, "--regid=" + UNPRIVILEGED, "--clear-groups")
        : List.of();
  }

  /**
   * Makes a directory that user's, and lets others through its parent.
   *
   * @throws IOException if there is no such user
   */
  static void give(Path directory) throws IOException {
    if (!ROOT) {
      return;
    }
    FileSystem files = directory.getFileSystem();
    UserPrincipal user = files.getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED);
    Files.setOwner(directory, user);
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }
}
