package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.settlement;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A jnats that is newer than the library. */
class NewerMessageTest {
  /** What a message may learn. */
  interface Growing {
    String known();

    default String unknown() {
      return "the interface's own";
    }
  }

  /** What was compiled before it did. */
  private static final class Compiled implements Growing {
    @Override
    public String known() {
      return "known";
    }
  }

  @Test
  void whatAClassLeavesToItsInterfaceIsMissing() {
    assertThat(NewerMessage.missing(Growing.class, Compiled.class))
        .extracting(Method::getName)
        .containsExactly("unknown");
    assertThat(NewerMessage.IS_THERE).isFalse();
  }

  @Test
  void whatIsNotKnownGoesToTheMessageAndWhatIsSettles() throws Throwable {
    try (JetStreamFixture fixture = new JetStreamFixture()) {
      fixture.publish("a");
      ConsumerContext consumer = fixture.wrapped().getConsumerContext("ORDERS", "projector");
      SettledMessage settled = (SettledMessage) consumer.next(Duration.ofSeconds(10));
      Method subject = Message.class.getMethod("getSubject");
      Message newer = new NewerMessage(settled, Set.of(subject)).proxy(Message.class);

      assertThat(newer.getSubject()).isEqualTo(SUBJECT);
      assertThat(newer.getData()).asString().isEqualTo("a");
      assertThat(NewerMessage.behind(newer)).isSameAs(settled);
      assertThat(NewerMessage.behind(settled)).isNull();
      newer.ack();
      assertThat(settlement(fixture.processed())).isEqualTo("ack");
    }
  }
}
