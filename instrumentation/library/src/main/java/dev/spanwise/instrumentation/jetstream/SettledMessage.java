package dev.spanwise.instrumentation.jetstream;

import dev.spanwise.delegation.Delegates;
import dev.spanwise.instrumentation.telemetry.SafeSpan;
import io.nats.client.Message;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A message that tells its processing how it was settled. */
@Delegates
abstract class SettledMessage implements Message {
  final Message delegate;
  private final Delivery delivery;
  private final PulledMessages pulled;

  SettledMessage(Message delegate, Delivery delivery, PulledMessages pulled) {
    this.delegate = delegate;
    this.delivery = delivery;
    this.pulled = pulled;
  }

  /** A message of the application's that is settled through this one. */
  static Message of(Message message, Delivery delivery, PulledMessages pulled) {
    SettledMessage settled = new DelegatingSettledMessage(message, delivery, pulled);
    return NewerMessage.IS_THERE ? NewerMessage.of(settled) : settled;
  }

  /** The one that stands for a message; null for a message that {@link #of} did not make. */
  static @Nullable SettledMessage behind(Message message) {
    if (message instanceof SettledMessage settled) {
      return settled;
    }
    return NewerMessage.IS_THERE ? NewerMessage.behind(message) : null;
  }

  Delivery delivery() {
    return delivery;
  }

  @Override
  public void ack() {
    settle(Settlement.ACK, delegate::ack);
  }

  @Override
  public void ackSync(Duration timeout) throws TimeoutException, InterruptedException {
    this.<TimeoutException, InterruptedException>settle(
        Settlement.ACK, () -> delegate.ackSync(timeout));
  }

  @Override
  public void nak() {
    settle(Settlement.NAK, delegate::nak);
  }

  @Override
  public void nakWithDelay(Duration delay) {
    settle(Settlement.NAK, () -> delegate.nakWithDelay(delay));
  }

  @Override
  public void nakWithDelay(long delayMillis) {
    settle(Settlement.NAK, () -> delegate.nakWithDelay(delayMillis));
  }

  @Override
  public void term() {
    settle(Settlement.TERM, delegate::term);
  }

  @Override
  public void inProgress() {
    delegate.inProgress();
    Processing processing = delivery.processing();
    if (processing != null) {
      processing.inProgress();
    }
  }

  @Override
  public String toString() {
    return delegate.toString();
  }

  /** One of the message's own calls. */
  private interface Call<E extends Exception, F extends Exception> {
    void run() throws E, F;
  }

  /**
   * The span is current meanwhile, on whichever thread: it is what the message to the server is
   * for.
   */
  private <E extends Exception, F extends Exception> void settle(Settlement by, Call<E, F> call)
      throws E, F {
    Processing beginning = delivery.beginSettled();
    Processing processing = beginning != null ? beginning : delivery.processing();
    if (processing == null) {
      call.run();
      return;
    }
    SafeSpan span = processing.span();
    Scope scope = span.makeCurrent();
    try {
      call.run();
    } catch (Throwable e) {
      span.close(scope);
      processing.failed(e);
      pulled.letGo(processing);
      if (beginning != null) {
        beginning.left();
      }
      throw e;
    }
    span.close(scope);
    processing.settled(by);
    pulled.letGo(processing);
  }
}
