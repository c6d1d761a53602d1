package dev.spanwise.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.server.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // jnats' close() may be interrupted, which ends the test as it should.
class OrdersTest {

  @Test
  void anEndThatIsPublishedAgainAfterARestartIsStoredOnce() throws Exception {
    try (NatsServer server = NatsServer.start()) {
      publishEnd(server);
      server.stop();
      server.startAgain();
      publishEnd(server);

      try (Connection connection = Nats.connect(server.url())) {
        assertThat(
                connection
                    .jetStreamManagement()
                    .getStreamInfo("ORDERS")
                    .getStreamState()
                    .getMsgCount())
            .isEqualTo(1);
      }
    }
  }

  private static void publishEnd(NatsServer server) throws Exception {
    try (Orders orders = Orders.on(server)) {
      orders.publishEnd();
    }
  }
}
