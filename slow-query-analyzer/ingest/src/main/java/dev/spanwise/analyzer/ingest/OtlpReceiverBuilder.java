package dev.spanwise.analyzer.ingest;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import java.net.InetAddress;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** The settings of an {@link OtlpReceiver}. Not thread-safe. */
public final class OtlpReceiverBuilder {

  private static final int MAX_PORT = 65_535;
  // A gRPC prefix is added to it.
  private static final int LARGEST_REQUEST = 1 << 30;

  private final Consumer<? super Span> spans;
  private final Consumer<? super Rejection> rejections;
  private InetAddress address = InetAddress.getLoopbackAddress();
  private int grpcPort = 4317;
  private int httpPort = 4318;
  private int maxRequestBytes = 16 << 20;

  OtlpReceiverBuilder(Consumer<? super Span> spans, Consumer<? super Rejection> rejections) {
    this.spans = spans;
    this.rejections = rejections;
  }

  /** The address to listen at; the loopback address unless set. */
  public OtlpReceiverBuilder address(InetAddress address) {
    this.address = address;
    return this;
  }

  /** The port of OTLP/gRPC, 0 for any free one; 4317 unless set. */
  public OtlpReceiverBuilder grpcPort(int port) {
    grpcPort = requirePort(port);
    return this;
  }

  /** The port of OTLP/HTTP, 0 for any free one; 4318 unless set. */
  public OtlpReceiverBuilder httpPort(int port) {
    httpPort = requirePort(port);
    return this;
  }

  /** The largest request, as sent and decompressed; 16 MiB unless set. */
  public OtlpReceiverBuilder maxRequestBytes(int bytes) {
    if (bytes < 1 || bytes > LARGEST_REQUEST) {
      throw new IllegalArgumentException("maxRequestBytes is not 1 to 2^30: " + bytes);
    }
    maxRequestBytes = bytes;
    return this;
  }

  /**
   * Starts the receiver.
   *
   * @throws CompletionException if a port cannot be had
   */
  public OtlpReceiver start() {
    TraceRequests requests = new TraceRequests(spans, rejections, maxRequestBytes);
    OtlpReceiver receiver = new OtlpReceiver(requests, address, grpcPort, httpPort);
    receiver.start();
    return receiver;
  }

  private static int requirePort(int port) {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port is not 0 to " + MAX_PORT + ": " + port);
    }
    return port;
  }
}
