package dev.spanwise.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a server whether it answers, in its own protocol: a published port accepts connections
 * before the server behind it does.
 */
@FunctionalInterface
interface Probe {
  boolean answers(String host, int port);

  /** Of a text protocol: sends {@code request}, and compares how the first line begins. */
  static Probe ofText(String request, String answer) {
    return (host, port) -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), 1_000);
        socket.setSoTimeout(1_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        String line =
            new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        return line != null && line.startsWith(answer);
      } catch (IOException notYet) {
        return false;
      }
    };
  }
}
