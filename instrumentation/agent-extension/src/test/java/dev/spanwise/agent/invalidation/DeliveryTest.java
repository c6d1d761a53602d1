package dev.spanwise.agent.invalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.instrumentation.invalidation.InvalidationEnvelope;
import io.lettuce.core.pubsub.PubSubMessage;
import io.lettuce.core.pubsub.PubSubOutput;
import io.opentelemetry.javaagent.bootstrap.CallDepth;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  @Test
  void aMessageThatCannotBeReadDoesNotHideTheNext() {
    assertThatThrownBy(() -> Delivery.start(new Object(), new Unreadable()))
        .isInstanceOf(IllegalStateException.class);

    CallDepth depth = CallDepth.forClass(Delivery.class);
    assertThat(depth.getAndIncrement()).isZero();
    depth.decrementAndGet();
  }

  @Test
  void ofBytesNoMoreIsDecodedThanAnEnvelopeCanHave() {
    byte[] start = "{\"subject\":\"€".getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 * InvalidationEnvelope.MAX_LENGTH];
    System.arraycopy(start, 0, bytes, 0, start.length);

    assertThat(Delivery.text(start)).isEqualTo("{\"subject\":\"€");
    assertThat(Objects.requireNonNull(Delivery.text(bytes)))
        .hasSizeBetween(InvalidationEnvelope.MAX_LENGTH + 1, 4 * InvalidationEnvelope.MAX_LENGTH);
  }

  private static final class Unreadable implements PubSubMessage<String, String> {
    @Override
    public PubSubOutput.Type type() {
      return PubSubOutput.Type.message;
    }

    @Override
    public String channel() {
      return "prices";
    }

    @Override
    public @Nullable String pattern() {
      return null;
    }

    @Override
    public long count() {
      return 0;
    }

    @Override
    public String body() {
      throw new IllegalStateException("released");
    }
  }
}
