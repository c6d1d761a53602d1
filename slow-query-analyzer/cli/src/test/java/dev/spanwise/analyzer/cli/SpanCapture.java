package dev.spanwise.analyzer.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Answers an OTLP/gRPC exporter and keeps the requests as they came. Thread-safe. */
final class SpanCapture implements AutoCloseable {

  /** Compression flag and length, before each gRPC message. */
  private static final int FRAME_HEADER = 5;

  private final List<ResourceSpans> received = new ArrayList<>();
  private final Server server;

  SpanCapture() {
    server =
        Server.builder()
            .localPort(0, SessionProtocol.HTTP)
            .meterRegistry(NoopMeterRegistry.get())
            .service(
                "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
                (ctx, request) -> answer(request))
            .build();
    server.start().join();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.activeLocalPort());
  }

  /** All that came since the last call, as one request. */
  synchronized ExportTraceServiceRequest take() {
    ExportTraceServiceRequest request =
        ExportTraceServiceRequest.newBuilder().addAllResourceSpans(received).build();
    received.clear();
    return request;
  }

  private HttpResponse answer(HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .thenApply(
                whole -> {
                  keep(whole.content().array());
                  return HttpResponse.of(
                      ResponseHeaders.of(
                          HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, "application/grpc+proto"),
                      HttpData.wrap(new byte[FRAME_HEADER]),
                      HttpHeaders.of("grpc-status", "0"));
                }));
  }

  private synchronized void keep(byte[] frame) {
    try {
      received.addAll(
          ExportTraceServiceRequest.parser()
              .parseFrom(frame, FRAME_HEADER, frame.length - FRAME_HEADER)
              .getResourceSpansList());
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
