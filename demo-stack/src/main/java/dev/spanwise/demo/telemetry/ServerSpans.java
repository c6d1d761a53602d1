package dev.spanwise.demo.telemetry;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.semconv.ErrorAttributes;
import io.opentelemetry.semconv.HttpAttributes;
import io.opentelemetry.semconv.UrlAttributes;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A span for each request, after the <a
 * href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server">HTTP
 * conventions</a>, current wherever Armeria runs the request. OpenTelemetry's own instrumentation
 * of Armeria is not published for the version of its API that the JDBC instrumentation needs.
 */
public final class ServerSpans extends SimpleDecoratingHttpService {
  private static final TextMapGetter<RequestHeaders> HEADERS = new HeaderGetter();

  private final String route;
  private final Tracer tracer;
  private final TextMapPropagator propagator;

  public ServerSpans(HttpService delegate, String route, OpenTelemetry openTelemetry) {
    super(delegate);
    this.route = route;
    tracer = openTelemetry.getTracer("dev.spanwise.demo");
    propagator = openTelemetry.getPropagators().getTextMapPropagator();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext ctx, HttpRequest request) throws Exception {
    Context parent = propagator.extract(Context.root(), request.headers(), HEADERS);
    Span span =
        tracer
            .spanBuilder(request.method() + " " + route)
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(HttpAttributes.HTTP_REQUEST_METHOD, request.method().name())
            .setAttribute(HttpAttributes.HTTP_ROUTE, route)
            .setAttribute(UrlAttributes.URL_PATH, ctx.path())
            .setAttribute(UrlAttributes.URL_SCHEME, "http")
            .startSpan();
    ctx.hook(parent.with(span)::makeCurrent);
    CompletableFuture<Void> unused = ctx.log().whenComplete().thenAccept(log -> end(span, log));
    return unwrap().serve(ctx, request);
  }

  private static void end(Span span, RequestLog log) {
    int status = log.responseStatus().code();
    span.setAttribute(HttpAttributes.HTTP_RESPONSE_STATUS_CODE, status);
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(ErrorAttributes.ERROR_TYPE, Integer.toString(status));
    }
    span.end();
  }

  private static final class HeaderGetter implements TextMapGetter<RequestHeaders> {
    @Override
    public Iterable<String> keys(RequestHeaders headers) {
      return headers.names().stream().map(CharSequence::toString).toList();
    }

    @Override
    public @Nullable String get(@Nullable RequestHeaders headers, String name) {
      return headers == null ? null : headers.get(name);
    }
  }
}
