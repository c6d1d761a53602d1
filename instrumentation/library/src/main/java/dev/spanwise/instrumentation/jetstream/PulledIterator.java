package dev.spanwise.instrumentation.jetstream;

import io.nats.client.Message;
import java.util.Iterator;

/** Lets a message go when the next is asked for. */
final class PulledIterator implements Iterator<Message> {
  private final Iterator<?> delegate;
  private final MessageSource source;

  PulledIterator(Iterator<?> delegate, MessageSource source) {
    this.delegate = delegate;
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    source.asked();
    return delegate.hasNext();
  }

  @Override
  // As jnats' own: null where nobody asked whether there is a next.
  @SuppressWarnings("NullAway")
  public Message next() {
    source.asked();
    Message message = (Message) delegate.next();
    return message == null ? null : source.taken(message);
  }

  @Override
  public void remove() {
    delegate.remove();
  }
}
