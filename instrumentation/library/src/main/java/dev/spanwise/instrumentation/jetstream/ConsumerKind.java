package dev.spanwise.instrumentation.jetstream;

import io.nats.client.SubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What a message does not say of its consumer.
 *
 * @param sharedName what metrics call it where its own name was made up for it: such names have no
 *     end, and mean nothing to anybody; null where metrics use its own
 */
record ConsumerKind(AckPolicy policy, @Nullable String sharedName) {
  /** Its policy is taken to be the server's default. */
  static final ConsumerKind UNKNOWN = new ConsumerKind(AckPolicy.Explicit, null);

  static final ConsumerKind ORDERED = new ConsumerKind(AckPolicy.None, "(ordered)");

  private static final String EPHEMERAL = "(ephemeral)";

  /** Of a consumer as its application, or the server, described it. */
  static ConsumerKind of(@Nullable ConsumerConfiguration configuration) {
    AckPolicy policy = configuration == null ? null : configuration.getAckPolicy();
    return policy == null ? UNKNOWN : new ConsumerKind(policy, null);
  }

  /** Of the consumer that a subscription makes, or is bound to. */
  static ConsumerKind of(SubscribeOptions options) {
    if (options.isOrdered()) {
      return ORDERED;
    }
    ConsumerKind described = of(options.getConsumerConfiguration());
    return options.isBind() || options.getDurable() != null || options.getName() != null
        ? described
        : described.unnamed();
  }

  /** The same, where the application asked for a consumer and gave it no name. */
  ConsumerKind unnamed() {
    return new ConsumerKind(policy, EPHEMERAL);
  }
}
