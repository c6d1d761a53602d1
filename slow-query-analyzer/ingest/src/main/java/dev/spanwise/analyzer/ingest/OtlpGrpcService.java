package dev.spanwise.analyzer.ingest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.spanwise.analyzer.ingest.RequestOutcome.Status;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * OTLP/gRPC: one unary method, whose body is one message with a prefix of five bytes. Armeria's own
 * unary service without gRPC stubs does not take compressed messages, which exporters send.
 *
 * @see <a href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">gRPC over
 *     HTTP/2</a>
 */
final class OtlpGrpcService implements HttpService {

  static final String PATH = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

  /** A flag that says whether the message is compressed, and its length. */
  private static final int PREFIX_BYTES = 5;

  private static final String ENCODING = "grpc-encoding";
  private static final MediaType GRPC = MediaType.parse("application/grpc");
  private static final MediaType GRPC_PROTOBUF = MediaType.parse("application/grpc+proto");

  private final TraceRequests requests;

  OtlpGrpcService(TraceRequests requests) {
    this.requests = requests;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    String source = OtlpReceiver.source("OTLP/gRPC", ctx);
    MediaType type = request.contentType();
    if (request.method() != HttpMethod.POST) {
      requests.refuse(source, Status.NOT_FOUND, "the method is not POST");
      return HttpResponse.of(
          ResponseHeaders.of(HttpStatus.METHOD_NOT_ALLOWED, HttpHeaderNames.ALLOW, "POST"));
    }
    if (type == null || !(type.is(GRPC) || type.is(GRPC_PROTOBUF))) {
      requests.refuse(source, Status.UNKNOWN_ENCODING, "the content type is not gRPC's");
      return HttpResponse.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, MediaType.PLAIN_TEXT_UTF_8, "this port is gRPC's");
    }
    if (!ctx.path().equals(PATH)) {
      String reason = "only traces are taken, by " + PATH + ": " + ctx.path();
      return answer(requests.refuse(source, Status.NOT_FOUND, reason));
    }
    String compression = request.headers().get(ENCODING, "identity");
    if (!compression.equals("gzip") && !compression.equals("identity")) {
      String reason = "the message encoding is neither gzip nor identity";
      return answer(requests.refuse(source, Status.UNKNOWN_ENCODING, reason));
    }
    if (!requests.begin()) {
      return answer(requests.busy(source));
    }
    return HttpResponse.of(
        requests
            .body(request, PREFIX_BYTES)
            .thenApplyAsync(
                body -> {
                  ctx.clearRequestTimeout();
                  return accept(body, compression.equals("gzip"), source);
                },
                ctx.blockingTaskExecutor())
            .exceptionally(failure -> requests.failed(failure, source))
            .whenComplete((outcome, failure) -> requests.end())
            .thenApply(OtlpGrpcService::answer));
  }

  private RequestOutcome accept(byte[] body, boolean gzip, String source) {
    String flaw = flaw(body, gzip);
    if (flaw != null) {
      return requests.refuse(source, Status.MALFORMED, flaw);
    }
    return requests.accept(body, PREFIX_BYTES, body[0] == 1, OtlpEncoding.PROTOBUF, source);
  }

  private static @Nullable String flaw(byte[] body, boolean gzip) {
    if (body.length < PREFIX_BYTES) {
      return "the body has no message";
    }
    if (body[0] != 0 && body[0] != 1) {
      return "the message's compression flag is neither 0 nor 1";
    }
    if (body[0] == 1 && !gzip) {
      return "the message is compressed and no encoding is named";
    }
    int length = ByteBuffer.wrap(body).getInt(1);
    return length == body.length - PREFIX_BYTES
        ? null
        : "the message's length is not that of the body";
  }

  private static HttpResponse answer(RequestOutcome outcome) {
    if (outcome.status() != Status.ACCEPTED) {
      return HttpResponse.of(
          ResponseHeaders.of(HttpStatus.OK)
              .withMutations(
                  headers ->
                      headers
                          .contentType(GRPC_PROTOBUF)
                          .set("grpc-status", Integer.toString(outcome.status().grpc()))
                          .set("grpc-message", percentEncoded(String.valueOf(outcome.message())))
                          .set("grpc-accept-encoding", "identity,gzip")));
    }
    byte[] message = OtlpEncoding.PROTOBUF.answer(outcome);
    byte[] framed =
        ByteBuffer.allocate(PREFIX_BYTES + message.length)
            .put((byte) 0)
            .putInt(message.length)
            .put(message)
            .array();
    return HttpResponse.of(
        ResponseHeaders.of(
            HttpStatus.OK,
            HttpHeaderNames.CONTENT_TYPE,
            GRPC_PROTOBUF,
            HttpHeaderNames.of("grpc-accept-encoding"),
            "identity,gzip"),
        HttpData.wrap(framed),
        HttpHeaders.of(HttpHeaderNames.of("grpc-status"), 0));
  }

  private static String percentEncoded(String message) {
    return URLEncoder.encode(message, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
