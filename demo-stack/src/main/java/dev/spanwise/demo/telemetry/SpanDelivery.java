package dev.spanwise.demo.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Exports spans in batches and counts them at both ends: a batch processor drops what its queue
 * cannot hold without a word. Before it comes to that, whoever ends a span waits for the exporter.
 */
final class SpanDelivery implements SpanProcessor {
  /** A portfolio makes some 200 spans; this is what 150 of them make between two exports. */
  private static final int QUEUE_SPANS = 32_768;

  private static final int BATCH_SPANS = 1_024;
  private static final long LONGEST_WAIT_SECONDS = 10;

  private final SpanProcessor batches;
  private final LongAdder ended = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder refused = new LongAdder();

  SpanDelivery(SpanExporter exporter) {
    batches =
        BatchSpanProcessor.builder(new CountingExporter(exporter))
            .setMaxQueueSize(QUEUE_SPANS)
            .setMaxExportBatchSize(BATCH_SPANS)
            .setScheduleDelay(Duration.ofMillis(200))
            .build();
  }

  /** Sends what had ended by now, within ten seconds at most. */
  SpanCounts flush() {
    long endedBefore = ended.sum();
    batches.forceFlush().join(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    return new SpanCounts(endedBefore, Math.min(endedBefore, delivered.sum()));
  }

  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    batches.onStart(parentContext, span);
  }

  @Override
  public boolean isStartRequired() {
    return batches.isStartRequired();
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (span.getSpanContext().isSampled()) {
      ended.increment();
    }
    batches.onEnd(span);
    if (ended.sum() - delivered.sum() - refused.sum() > QUEUE_SPANS / 2) {
      batches.forceFlush().join(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  private final class CountingExporter implements SpanExporter {
    private final SpanExporter exporter;

    CountingExporter(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size();
      CompletableResultCode result = exporter.export(spans);
      result.whenComplete(
          () -> {
            if (result.isSuccess()) {
              delivered.add(count);
            } else {
              refused.add(count);
            }
          });
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
