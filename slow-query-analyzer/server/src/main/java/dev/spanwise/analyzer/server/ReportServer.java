package dev.spanwise.analyzer.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.encoding.EncodingService;
import dev.spanwise.analyzer.report.ReportFormat;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * The report at {@code /} and {@code /report.json}, and {@code /metrics} for Prometheus, on the
 * loopback interface only: it has no login. Thread-safe.
 */
public final class ReportServer implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  private final Server server;

  private ReportServer(Server server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param port port to listen on; 0 for any free one
   * @throws RuntimeException if the port cannot be had
   */
  public static ReportServer start(int port, LiveAnalysis analysis) {
    ServerBuilder builder =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .decorator(EncodingService.newDecorator())
            .service("/", (ctx, request) -> page(ctx, analysis))
            .service("/report.json", (ctx, request) -> document(ctx, ReportFormat.JSON, analysis))
            .service(
                "/metrics",
                (ctx, request) ->
                    HttpResponse.of(
                        HttpStatus.OK,
                        MediaType.parse(Metrics.MEDIA_TYPE),
                        HttpData.wrap(Metrics.of(analysis))))
            .service("/healthz", (ctx, request) -> HttpResponse.of("ok\n"));
    Server server = builder.build();
    server.start().join();
    return new ReportServer(server);
  }

  private static HttpResponse page(ServiceRequestContext ctx, LiveAnalysis analysis) {
    return document(ctx, ReportFormat.HTML, analysis)
        .mapHeaders(
            headers ->
                headers.withMutations(
                    builder -> builder.addLong("refresh", analysis.every().toSeconds())));
  }

  private static HttpResponse document(
      ServiceRequestContext ctx, ReportFormat format, LiveAnalysis analysis) {
    return HttpResponse.of(
        () ->
            HttpResponse.of(
                ResponseHeaders.of(
                    HttpStatus.OK,
                    HttpHeaderNames.CONTENT_TYPE,
                    format.mediaType(),
                    HttpHeaderNames.CACHE_CONTROL,
                    "no-store"),
                HttpData.ofUtf8(format.render(analysis.report()))),
        ctx.blockingTaskExecutor());
  }

  /** Where it answers. */
  public URI uri() {
    return URI.create("http://" + LOOPBACK + ":" + server.activeLocalPort() + "/");
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
