package dev.spanwise.demo.telemetry;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.otel.OpenTelemetrySpanContext;

/**
 * The meters of all services of the demo, which share a process: each value of a histogram names
 * the trace that it was measured in (an <a
 * href="https://prometheus.io/docs/specs/om/open_metrics_spec/#exemplars">exemplar</a>), to those
 * who ask for OpenMetrics.
 */
public final class Metrics {
  private static final String OPEN_METRICS = "application/openmetrics-text";
  private static final String TEXT = "text/plain";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(
          PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, new UnmarkedSpans());

  /**
   * By itself the client also writes on the span that it is an exemplar, for samplers that decide
   * late: here every span is kept.
   */
  private static final class UnmarkedSpans extends OpenTelemetrySpanContext {
    @Override
    public void markCurrentSpanAsExemplar() {}
  }

  /** Where services register their meters. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Answers Prometheus, in the form that it asks for. */
  public HttpService service() {
    return (ctx, request) -> {
      boolean open = request.headers().get(HttpHeaderNames.ACCEPT, "").contains(OPEN_METRICS);
      MediaType type =
          open
              ? MediaType.parse(OPEN_METRICS + "; version=1.0.0; charset=utf-8")
              : MediaType.parse(TEXT + "; version=0.0.4; charset=utf-8");
      return HttpResponse.of(
          HttpStatus.OK, type, HttpData.ofUtf8(registry.scrape(open ? OPEN_METRICS : TEXT)));
    };
  }
}
