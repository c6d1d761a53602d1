package dev.spanwise.instrumentation.jetstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.MessageConsumer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WiringExampleTest {
  @Test
  void theExampleGivesOneTrace() throws Exception {
    try (JetStreamFixture fixture = new JetStreamFixture()) {
      Connection nats =
          WiringExample.connection(fixture.server.url(), fixture.sdk, fixture.registry);
      CompletableFuture<byte[]> projected = new CompletableFuture<>();
      MessageConsumer consuming = WiringExample.use(nats, new byte[] {7}, projected::complete);

      assertThat(projected.get(10, TimeUnit.SECONDS)).hasSize(1);
      assertThat(fixture.processed().getTraceId())
          .isEqualTo(fixture.named("publish ORDERS").get(0).getTraceId());
      consuming.stop();
      nats.close();
    }
  }
}
