package dev.spanwise.testing.otlp;

import com.google.protobuf.CodedInputStream;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/**
 * Receives <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">OTLP over HTTP</a>, as
 * Protobuf, plain or by gzip, on a free port of the loopback interface, and keeps the spans and the
 * metrics. Logs are accepted and not kept.
 *
 * <p>It keeps at most 100,000 spans and as many metrics: what comes past that is refused, as is
 * what cannot be read, and every {@code await} that follows fails and says so.
 *
 * <p>Safe for use by several threads.
 */
public final class OtlpCollector implements AutoCloseable {
  private static final int LARGEST_REQUEST_BYTES = 64 << 20;

  private final ReceivedTelemetry received = new ReceivedTelemetry();
  private final ExecutorService threads = Executors.newCachedThreadPool(OtlpCollector::thread);
  private final HttpServer server;

  private OtlpCollector(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/v1/traces", exchange -> answer(exchange, this::readSpans));
    server.createContext("/v1/metrics", exchange -> answer(exchange, this::readMetrics));
    server.createContext("/v1/logs", exchange -> answer(exchange, OtlpCollector::discard));
    server.start();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "otlp-collector");
    thread.setDaemon(true);
    return thread;
  }

  /** Starts a collector. */
  public static OtlpCollector start() {
    try {
      return new OtlpCollector(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For {@code otel.exporter.otlp.endpoint}, with {@code http/protobuf} as the protocol. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What has been received since the start or the last {@link #clear()}. */
  public Telemetry received() {
    return received.snapshot();
  }

  /** Forgets what has been received. */
  public void clear() {
    received.clear();
  }

  /**
   * Waits until what has been received satisfies a condition, and returns it.
   *
   * @throws AssertionError if that does not happen in time or a request was refused, with the names
   *     of what has been received
   */
  public Telemetry await(Predicate<Telemetry> condition, Duration timeout) {
    return received.await(condition, timeout);
  }

  private interface BodyReader {
    void read(InputStream body) throws IOException;
  }

  private void answer(HttpExchange exchange, BodyReader reader) throws IOException {
    try (exchange) {
      String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
      if (!exchange.getRequestMethod().equals("POST")) {
        refuse(exchange, 405, "OTLP is sent by POST, not by " + exchange.getRequestMethod());
      } else if (contentType == null || !contentType.startsWith("application/x-protobuf")) {
        refuse(exchange, 415, "only application/x-protobuf is read, not " + contentType);
      } else {
        try {
          reader.read(body(exchange));
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
          refuse(exchange, 400, String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    return "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"))
        ? new GZIPInputStream(body)
        : body;
  }

  private void refuse(HttpExchange exchange, int status, String reason) throws IOException {
    received.refused(exchange.getRequestURI() + ": " + reason);
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }

  private void readSpans(InputStream body) throws IOException {
    received.addSpans(SpanDecoder.decode(ExportTraceServiceRequest.parseFrom(limited(body))));
  }

  private void readMetrics(InputStream body) throws IOException {
    received.addMetrics(MetricDecoder.decode(ExportMetricsServiceRequest.parseFrom(limited(body))));
  }

  private static void discard(InputStream body) throws IOException {
    body.transferTo(OutputStream.nullOutputStream());
  }

  private static CodedInputStream limited(InputStream body) {
    CodedInputStream input = CodedInputStream.newInstance(body);
    input.setSizeLimit(LARGEST_REQUEST_BYTES);
    return input;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
