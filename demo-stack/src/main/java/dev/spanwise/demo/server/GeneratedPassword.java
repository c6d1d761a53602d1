package dev.spanwise.demo.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * 128 random bits in hexadecimal digits: any account of the machine reaches a port of the loopback
 * interface. Programs take it from a file that nobody else can read, because every account of the
 * machine can read their arguments.
 */
final class GeneratedPassword {
  private static final SecureRandom random = new SecureRandom();

  private GeneratedPassword() {}

  static String next() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Writes a new file that its owner alone can read. */
  static void write(Path file, String content) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }
}
