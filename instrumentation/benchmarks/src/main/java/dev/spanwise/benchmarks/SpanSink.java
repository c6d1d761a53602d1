package dev.spanwise.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes OTLP over HTTP and throws it away, but for a look at whether the spans have {@code
 * postgresql.pid}: an extension that was not loaded would cost nothing.
 */
final class SpanSink implements AutoCloseable {
  private static final int LOOKS = 20;

  private final HttpServer server;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicBoolean pidSeen = new AtomicBoolean();

  SpanSink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no port to take spans at", e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Whether spans with the backend's process id have come since this was last asked. */
  boolean sawPid() {
    requests.set(0);
    return pidSeen.getAndSet(false);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (requests.incrementAndGet() <= LOOKS
          && new String(body, ISO_8859_1).contains("postgresql.pid")) {
        pidSeen.set(true);
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
