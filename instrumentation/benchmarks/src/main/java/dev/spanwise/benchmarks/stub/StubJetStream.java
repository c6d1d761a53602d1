package dev.spanwise.benchmarks.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.spanwise.delegation.Delegates;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes every message, and has one acknowledgement for all. Safe for use by several threads. */
@Delegates
public abstract class StubJetStream implements JetStream {
  private static final byte[] ACKNOWLEDGEMENT =
      "{\"stream\":\"ORDERS\",\"seq\":4242}".getBytes(UTF_8);

  final JetStream delegate = Absent.of(JetStream.class);
  private final PublishAck acknowledgement;

  StubJetStream() throws IOException, JetStreamApiException {
    acknowledgement = new PublishAck(new NatsMessage("_INBOX.stub", null, ACKNOWLEDGEMENT));
  }

  /**
   * Opens one.
   *
   * @throws IllegalStateException if jnats refuses the acknowledgement
   */
  public static JetStream create() {
    try {
      return new DelegatingStubJetStream();
    } catch (IOException | JetStreamApiException e) {
      throw new IllegalStateException("the stub's acknowledgement is none", e);
    }
  }

  @Override
  public PublishAck publish(String subject, byte[] body) {
    return acknowledgement;
  }

  @Override
  public PublishAck publish(String subject, @Nullable Headers headers, byte[] body) {
    return acknowledgement;
  }
}
