package dev.spanwise.instrumentation.cdc;

import io.debezium.engine.DebeziumEngine;
import java.util.List;

/** Hands batches on inside a span. */
final class ObservedConsumer<R> implements DebeziumEngine.ChangeConsumer<R> {
  private final ChangeCapture capture;
  private final DebeziumEngine.ChangeConsumer<R> delegate;

  ObservedConsumer(ChangeCapture capture, DebeziumEngine.ChangeConsumer<R> delegate) {
    this.capture = capture;
    this.delegate = delegate;
  }

  @Override
  public void handleBatch(List<R> records, DebeziumEngine.RecordCommitter<R> committer)
      throws InterruptedException {
    capture.observe(records, () -> delegate.handleBatch(records, committer));
  }

  @Override
  public boolean supportsTombstoneEvents() {
    return delegate.supportsTombstoneEvents();
  }
}
