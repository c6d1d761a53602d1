package dev.spanwise.instrumentation.jetstream;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * A context that another thread can take back. A scope can be closed by the thread alone that
 * opened it, and a loop that was left need never come back to us: this way what stays on its thread
 * is one object that stands for another context. Elsewhere, where work was handed the context, it
 * stays what it was.
 */
final class ExpiringContext implements Context {
  private final Context live;
  private final Context before;
  private final Thread owner = Thread.currentThread();
  private volatile @Nullable Context after;

  ExpiringContext(Context live, Context before) {
    this.live = live;
    this.before = before;
  }

  /** From now on the owner's thread sees the context that was current before. */
  void end() {
    after = before;
  }

  /**
   * From now on the owner's thread sees the root: whatever scope surrounded the loop has most
   * likely ended since, and could not be closed under this one.
   */
  void abandon() {
    after = Context.root();
  }

  @Override
  public <V> @Nullable V get(ContextKey<V> key) {
    return seen().get(key);
  }

  @Override
  public <V> Context with(ContextKey<V> key, V value) {
    return seen().with(key, value);
  }

  private Context seen() {
    Context replacement = after;
    return replacement != null && Thread.currentThread() == owner ? replacement : live;
  }
}
