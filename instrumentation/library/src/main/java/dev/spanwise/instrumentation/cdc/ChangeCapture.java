package dev.spanwise.instrumentation.cdc;

import dev.spanwise.instrumentation.telemetry.Histogram;
import dev.spanwise.instrumentation.telemetry.Loss;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.instrumentation.telemetry.SpanwiseMetrics;
import dev.spanwise.instrumentation.telemetry.Telemetry;
import dev.spanwise.instrumentation.telemetry.Tracing;
import io.debezium.engine.DebeziumEngine;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Watches the batches of one connector. Each makes a span {@code capture {connector}} around the
 * application's consumer, linked to the traces in which its rows were written, as far as the rows
 * carry a traceparent in a column, and for each change a value of {@code spanwise.cdc.lag}: from
 * the commit ({@code source.ts_ms}, the database's clock) until the batch was handed over. A
 * negative lag counts as 0; rows of a snapshot, heartbeats and tombstones have none.
 *
 * <p>A consumer that is stopped ({@link InterruptedException}, {@link CancellationException}) has
 * not failed.
 *
 * <p>It reads events in JSON (text or bytes) and in Kafka Connect's form, flattened or not. What it
 * cannot read is handed on all the same, and reported. The different traces of a batch are linked
 * up to the SDK's limit, 128 by default; it counts those past it as dropped.
 *
 * <p>A row's deletion carries no context: its old traceparent is that of the write before. For the
 * same reason who updates a row should set the column anew.
 *
 * <p>Safe for use by several threads.
 */
public final class ChangeCapture {
  private static final double NANOS_PER_SECOND = 1e9;

  private final String connector;
  private final Tracing tracing;
  private final Histogram lag;
  private final ChangeReader reader;
  private final Clock clock;

  ChangeCapture(Telemetry telemetry, String connector, String traceparentColumn, Clock clock) {
    this.connector = connector;
    this.tracing = telemetry.tracing("dev.spanwise.cdc");
    this.lag = telemetry.histogram(SpanwiseMetrics.SPANWISE_CDC_LAG).with(connector);
    this.reader = new ChangeReader(traceparentColumn, telemetry.failures());
    this.clock = clock;
  }

  /** For rows that carry their traceparent in a column of that name. */
  public static ChangeCapture create(Telemetry telemetry, String connector) {
    return create(telemetry, connector, "traceparent");
  }

  /**
   * For rows that carry their traceparent in another column.
   *
   * @param connector its name, on spans and metrics
   */
  public static ChangeCapture create(
      Telemetry telemetry, String connector, String traceparentColumn) {
    return new ChangeCapture(telemetry, connector, traceparentColumn, Clock.systemUTC());
  }

  /** Wraps the consumer to give to the engine's {@code notifying}. */
  public <R> DebeziumEngine.ChangeConsumer<R> wrap(DebeziumEngine.ChangeConsumer<R> consumer) {
    return new ObservedConsumer<>(this, consumer);
  }

  /**
   * The context in which to publish what comes of a change: that of the trace in which its row was
   * written. Without one it is the current, inside a batch that of the batch's span.
   *
   * @param record as the engine handed it out
   */
  public Context contextOf(Object record) {
    Context current = tracing.currentContext();
    String traceparent = reader.read(record).traceparent();
    return traceparent == null ? current : extract(current, traceparent);
  }

  /** Runs the publishing of what comes of a change in {@link #contextOf its context}. */
  public <E extends Exception> void publishing(Object record, Publishing<E> publishing) throws E {
    Scope scope = tracing.makeCurrent(contextOf(record));
    try {
      publishing.run();
    } finally {
      tracing.close(scope);
    }
  }

  /** When a change was committed, by the database's clock; null where it does not say. */
  public @Nullable Instant committed(Object record) {
    return reader.read(record).committed();
  }

  /** Hands a batch on inside a span. */
  <R> void observe(List<R> records, Batch batch) throws InterruptedException {
    Instant now = clock.instant();
    List<Change> changes = new ArrayList<>(records.size());
    for (R record : records) {
      changes.add(reader.read(record));
    }
    SafeSpan span =
        tracing.start(
            "capture " + connector,
            SpanKind.CONSUMER,
            tracing.currentContext(),
            Attributes.of(
                SpanwiseAttributes.SPANWISE_CDC_CONNECTOR,
                connector,
                SpanwiseAttributes.MESSAGING_BATCH_MESSAGE_COUNT,
                (long) records.size()),
            traces(changes));
    Scope scope = span.makeCurrent();
    try {
      recordLag(changes, now);
      batch.handle();
    } catch (InterruptedException | CancellationException stopped) {
      // So an engine stops in good order.
      throw stopped;
    } catch (Throwable e) {
      span.recordError(e);
      throw e;
    } finally {
      span.close(scope);
      span.end();
    }
  }

  private List<SpanContext> traces(List<Change> changes) {
    Set<SpanContext> traces = new LinkedHashSet<>();
    for (Change change : changes) {
      if (change.traceparent() != null) {
        traces.add(
            Span.fromContext(extract(Context.root(), change.traceparent())).getSpanContext());
      }
    }
    return List.copyOf(traces);
  }

  private void recordLag(List<Change> changes, Instant now) {
    for (Change change : changes) {
      if (change.committed() != null && !change.snapshot()) {
        Duration behind = Duration.between(change.committed(), now);
        lag.record(behind.getSeconds() + behind.getNano() / NANOS_PER_SECOND);
      }
    }
  }

  private Context extract(Context context, String traceparent) {
    try {
      return Traceparent.extract(context, traceparent);
    } catch (Throwable e) {
      tracing.failures().report(Loss.RECEIVED_CONTEXT, connector, e);
      return context;
    }
  }

  /** What the application does with a batch. */
  interface Batch {
    void handle() throws InterruptedException;
  }

  /** What the application does with a change. */
  @FunctionalInterface
  public interface Publishing<E extends Exception> {
    void run() throws E;
  }
}
