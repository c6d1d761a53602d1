package dev.spanwise.instrumentation.jetstream;

import io.nats.client.Message;

/**
 * What an application does with a message.
 *
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface MessageBody<E extends Exception> {
  /**
   * Processes a message.
   *
   * @param message settle this one, so that the span knows how it was settled
   */
  void accept(Message message) throws E;
}
