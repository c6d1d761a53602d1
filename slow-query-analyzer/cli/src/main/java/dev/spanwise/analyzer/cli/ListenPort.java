package dev.spanwise.analyzer.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A port that the command line asks for.
 *
 * @param option the option that names it
 * @param port 0 for any free one
 */
record ListenPort(String option, int port) {

  private static final int LARGEST = 65_535;

  /** Refuses ports of which one cannot be had, or that two options name. */
  static void check(List<ListenPort> ports) {
    Map<Integer, ListenPort> named = new HashMap<>();
    for (ListenPort each : ports) {
      ListenPort same = each.port == 0 ? null : named.put(each.port, each);
      if (same != null) {
        throw CommandFailure.wrongInput(same + " and " + each + " are the same port");
      }
      each.check();
    }
  }

  /**
   * Refuses a port that cannot be had. Asked before the servers start: what they throw does not say
   * which of them failed.
   */
  private void check() {
    if (port < 0 || port > LARGEST) {
      throw CommandFailure.wrongInput(
          this + " is no port: 0 to " + LARGEST + ", where 0 is any free one");
    }
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw CommandFailure.wrongInput(
          this + " cannot be had: " + e.getMessage() + "; name another (0 for any free one)");
    }
  }

  @Override
  public String toString() {
    return option + "=" + port;
  }
}
