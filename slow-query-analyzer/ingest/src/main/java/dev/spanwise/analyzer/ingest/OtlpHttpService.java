package dev.spanwise.analyzer.ingest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.spanwise.analyzer.ingest.RequestOutcome.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * OTLP/HTTP.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp">the protocol</a>
 */
final class OtlpHttpService implements HttpService {

  static final String PATH = "/v1/traces";

  private static final MediaType PROTOBUF = MediaType.parse("application/x-protobuf");

  private final TraceRequests requests;

  OtlpHttpService(TraceRequests requests) {
    this.requests = requests;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) {
    String source = OtlpReceiver.source("OTLP/HTTP", ctx);
    OtlpEncoding encoding = encoding(request.contentType());
    if (!ctx.path().equals(PATH)) {
      String reason = "only traces are taken, at " + PATH + ": " + ctx.path();
      return answer(requests.refuse(source, Status.NOT_FOUND, reason), encoding);
    }
    if (request.method() != HttpMethod.POST) {
      requests.refuse(source, Status.NOT_FOUND, "the method is not POST");
      return HttpResponse.of(
          ResponseHeaders.of(HttpStatus.METHOD_NOT_ALLOWED, HttpHeaderNames.ALLOW, "POST"));
    }
    String compression = request.headers().get(HttpHeaderNames.CONTENT_ENCODING, "identity");
    boolean compressed = compression.toLowerCase(Locale.ROOT).equals("gzip");
    if (encoding == null) {
      String reason = "the content type is neither application/x-protobuf nor application/json";
      return answer(requests.refuse(source, Status.UNKNOWN_ENCODING, reason), null);
    }
    if (!compressed && !compression.equalsIgnoreCase("identity")) {
      String reason = "the content encoding is neither gzip nor identity";
      return answer(requests.refuse(source, Status.UNKNOWN_ENCODING, reason), encoding);
    }
    if (!requests.begin()) {
      return answer(requests.busy(source), encoding);
    }
    return HttpResponse.of(
        requests
            .body(request, 0)
            .thenApplyAsync(
                body -> {
                  ctx.clearRequestTimeout();
                  return requests.accept(body, 0, compressed, encoding, source);
                },
                ctx.blockingTaskExecutor())
            .exceptionally(failure -> requests.failed(failure, source))
            .whenComplete((outcome, failure) -> requests.end())
            .thenApply(outcome -> answer(outcome, encoding)));
  }

  private static @Nullable OtlpEncoding encoding(@Nullable MediaType type) {
    if (type == null) {
      return null;
    }
    if (type.is(PROTOBUF)) {
      return OtlpEncoding.PROTOBUF;
    }
    return type.is(MediaType.JSON) ? OtlpEncoding.JSON : null;
  }

  /** The answer in the request's own form; as plain text where that is not known. */
  private static HttpResponse answer(RequestOutcome outcome, @Nullable OtlpEncoding encoding) {
    ResponseHeadersBuilder headers = ResponseHeaders.builder(outcome.status().http());
    if (outcome.status() == Status.BUSY) {
      headers.set(HttpHeaderNames.RETRY_AFTER, "1");
    }
    if (encoding == null) {
      headers.contentType(MediaType.PLAIN_TEXT_UTF_8);
      return HttpResponse.of(headers.build(), HttpData.ofUtf8(String.valueOf(outcome.message())));
    }
    headers.contentType(encoding == OtlpEncoding.JSON ? MediaType.JSON : PROTOBUF);
    return HttpResponse.of(headers.build(), HttpData.wrap(encoding.answer(outcome)));
  }
}
