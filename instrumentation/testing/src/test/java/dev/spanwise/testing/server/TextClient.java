package dev.spanwise.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Speaks the line protocols of NATS and Redis. */
final class TextClient implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader input;

  TextClient(Server server) throws IOException {
    socket = new Socket(server.host(), server.port());
    socket.setSoTimeout(10_000);
    input =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  void send(String... lines) throws IOException {
    String text = String.join("\r\n", lines) + "\r\n";
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  String receive() throws IOException {
    String line = input.readLine();
    if (line == null) {
      throw new IOException("the server closed the connection");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
