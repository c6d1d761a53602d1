package dev.spanwise.instrumentation.jetstream;

import io.nats.client.SubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a message does not say of its consumer.
 *
 * @param policy null where nobody told
 * @param sharedName what metrics call it where its own name was made up for it: such names have no
 *     end, and mean nothing to anybody; null where metrics use its own
 */
record ConsumerKind(@Nullable AckPolicy policy, @Nullable String sharedName) {
  static final ConsumerKind UNKNOWN = new ConsumerKind(null, null);

  static final ConsumerKind ORDERED = new ConsumerKind(AckPolicy.None, "(ordered)");

  /** What jnats makes where it is told nothing. */
  static final ConsumerKind EPHEMERAL = of(AckPolicy.Explicit).unnamed();

  static ConsumerKind of(AckPolicy policy) {
    return new ConsumerKind(policy, null);
  }

  /** Of a consumer as the server described it. */
  static ConsumerKind of(@Nullable ConsumerInfo info) {
    return info == null ? UNKNOWN : of(info.getConsumerConfiguration().getAckPolicy());
  }

  /** Of the consumer that a subscription makes, or is bound to. */
  static ConsumerKind of(SubscribeOptions options) {
    if (options.isOrdered()) {
      return ORDERED;
    }
    ConsumerConfiguration asked = options.getConsumerConfiguration();
    boolean named = options.isBind() || options.getDurable() != null || options.getName() != null;
    if (!named) {
      return of(asked.getAckPolicy()).unnamed();
    }
    // jnats takes a consumer of that name as it is, unless it differs from what was asked for.
    return asked.ackPolicyWasSet() ? of(asked.getAckPolicy()) : UNKNOWN;
  }

  /** The same, where the application asked for a consumer and gave it no name. */
  ConsumerKind unnamed() {
    return new ConsumerKind(policy, "(ephemeral)");
  }

  /** Whether the application is known to be expected to settle the messages. */
  boolean awaitsSettlement() {
    return policy != null && policy != AckPolicy.None;
  }
}
