package dev.spanwise.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whom a server runs as. */
enum Account {
  /** Whoever runs the tests. */
  OWN,

  /**
   * Whoever runs the tests, but {@code nobody} where that is root: PostgreSQL and PgBouncer refuse
   * to run as root, and a container often has no other user at hand.
   */
  NOT_ROOT;

  private static final String USER = "nobody";
  private static final String GROUP = "nogroup";

  /** A new directory that the account may write. */
  Path newDirectory(String name) {
    try {
      Path directory = Files.createTempDirectory("spanwise-" + name + "-");
      if (isChanged()) {
        Files.setOwner(
            directory,
            directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER));
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line that runs {@code command} as the account, in the same process. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>();
    if (isChanged()) {
      all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + GROUP, "--clear-groups", "--"));
    }
    all.addAll(command);
    return all;
  }

  private boolean isChanged() {
    return this == NOT_ROOT && System.getProperty("user.name", "").equals("root");
  }
}
