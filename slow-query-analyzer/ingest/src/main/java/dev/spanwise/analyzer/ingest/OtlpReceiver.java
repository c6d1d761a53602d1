package dev.spanwise.analyzer.ingest;

import com.linecorp.armeria.common.util.BlockingTaskExecutor;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Takes spans from OpenTelemetry SDKs, agents and collectors: OTLP/gRPC on one port, OTLP/HTTP with
 * protobuf or JSON on another, compressed with gzip or not.
 *
 * <p>The spans of a request are handed on in its order by one thread, and the request is answered
 * when the last is taken: a slow listener slows the clients. Requests are read at the same time, so
 * listeners must be thread-safe. When a listener throws, the request is answered with an error.
 * When too many requests wait, the next are refused with the answer to try again.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/">OTLP</a>
 */
public final class OtlpReceiver implements AutoCloseable {

  // Armeria takes a quiet time of 0 for no grace.
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final TraceRequests requests;
  private final BlockingTaskExecutor executor;
  private final Server grpc;
  private final Server http;

  OtlpReceiver(TraceRequests requests, InetAddress address, int grpcPort, int httpPort) {
    this.requests = requests;
    this.executor =
        BlockingTaskExecutor.builder()
            .threadNamePrefix("otlp-receiver")
            .numThreads(Runtime.getRuntime().availableProcessors())
            .build();
    this.grpc = server(new InetSocketAddress(address, grpcPort), new OtlpGrpcService(requests));
    this.http = server(new InetSocketAddress(address, httpPort), new OtlpHttpService(requests));
  }

  /**
   * Begins a receiver.
   *
   * @param spans takes the spans, from several threads
   * @param rejections takes what could not be used, from several threads
   */
  public static OtlpReceiverBuilder builder(
      Consumer<? super Span> spans, Consumer<? super Rejection> rejections) {
    return new OtlpReceiverBuilder(spans, rejections);
  }

  /** The port of OTLP/gRPC. */
  public int grpcPort() {
    return grpc.activeLocalPort();
  }

  /** The port of OTLP/HTTP. */
  public int httpPort() {
    return http.activeLocalPort();
  }

  /** How many spans were handed on. */
  public long spansReceived() {
    return requests.spansReceived();
  }

  /** How many spans of accepted requests were invalid. */
  public long spansRejected() {
    return requests.spansRejected();
  }

  /** How many requests were answered with an error. */
  public long requestsRefused() {
    return requests.requestsRefused();
  }

  /** Takes no more requests, finishes those begun, for ten seconds at most, and frees the ports. */
  @Override
  public void close() {
    CompletableFuture.allOf(grpc.stop(), http.stop()).join();
    executor.shutdown();
  }

  void start() {
    try {
      grpc.start().join();
      http.start().join();
    } catch (CompletionException e) {
      close();
      throw e;
    }
  }

  static String source(String protocol, ServiceRequestContext ctx) {
    return protocol + " from " + ctx.remoteAddress().getAddress().getHostAddress();
  }

  private Server server(InetSocketAddress address, HttpService service) {
    return Server.builder()
        .http(address)
        .serviceUnder("/", service)
        .maxRequestLength(0) // the services count, to answer in their protocol
        .blockingTaskExecutor(executor, false)
        .gracefulShutdownTimeout(QUIET, GRACE)
        .build();
  }
}
