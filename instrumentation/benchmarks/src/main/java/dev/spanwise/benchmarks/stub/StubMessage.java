package dev.spanwise.benchmarks.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.nats.client.impl.NatsMessage;
import org.jspecify.annotations.Nullable;

/**
 * A message as jnats hands it out, but for a server that would hear of its acknowledgement. Its
 * metadata are read from the reply subject when they are first asked for, as jnats does.
 */
public final class StubMessage extends NatsMessage {
  public static final String SUBJECT = "orders.new";

  /** As a server writes it: stream, consumer, delivery, sequences, time and pending messages. */
  private static final String REPLY_TO =
      "$JS.ACK.ORDERS.projector.1.4242.4242.1795000000000000000.7";

  private static final byte[] BODY = "{\"order\":4242,\"quantity\":7}".getBytes(UTF_8);

  private @Nullable NatsJetStreamMetaData metaData;

  /**
   * A message as it was just received.
   *
   * @param headers those of its publisher
   */
  public StubMessage(Headers headers) {
    super(SUBJECT, REPLY_TO, headers, BODY);
  }

  public static byte[] body() {
    return BODY.clone();
  }

  @Override
  public boolean isJetStream() {
    return true;
  }

  @Override
  public NatsJetStreamMetaData metaData() {
    NatsJetStreamMetaData known = metaData;
    if (known == null) {
      known = new NatsJetStreamMetaData(this);
      metaData = known;
    }
    return known;
  }

  @Override
  public void ack() {}
}
