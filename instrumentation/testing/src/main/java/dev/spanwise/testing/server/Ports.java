package dev.spanwise.testing.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports of the loopback interface. */
final class Ports {
  /** How often to choose anew where another process took the port in between. */
  static final int TO_TRY = 5;

  static final String LOOPBACK = "127.0.0.1";

  private Ports() {}

  /** A port that is free now; another process may take it before the caller does. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
