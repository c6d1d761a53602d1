package dev.spanwise.instrumentation.jetstream;

import static dev.spanwise.instrumentation.jetstream.JetStreamFixture.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.jetstream.WiringExample.Wired;
import io.nats.client.JetStreamSubscription;
import io.nats.client.MessageConsumer;
import io.nats.client.PullSubscribeOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WiringExampleTest {
  private JetStreamFixture fixture;
  private Wired wired;

  @BeforeEach
  void start() throws Exception {
    fixture = new JetStreamFixture();
    wired = WiringExample.connection(fixture.server.url(), fixture.sdk, fixture.registry);
  }

  @AfterEach
  void stop() throws Exception {
    wired.nats().close();
    fixture.close();
  }

  @Test
  void aHandlerContinuesThePublishersTrace() throws Exception {
    CompletableFuture<byte[]> projected = new CompletableFuture<>();
    MessageConsumer consuming =
        WiringExample.use(wired.nats(), new byte[] {7}, projected::complete);

    assertThat(projected.get(10, TimeUnit.SECONDS)).hasSize(1);
    assertThat(fixture.processed().getTraceId())
        .isEqualTo(fixture.named("publish ORDERS").get(0).getTraceId());
    consuming.stop();
  }

  @Test
  void whatALoopDoesBelongsToItsMessage() throws Exception {
    fixture.publish("a");
    JetStreamSubscription subscription =
        wired
            .nats()
            .jetStream()
            .subscribe(SUBJECT, PullSubscribeOptions.bind("ORDERS", "projector"));
    WiringExample.loop(wired.jetStream(), subscription, data -> fixture.work());

    assertThat(fixture.named("work").get(0).getParentSpanId())
        .isEqualTo(fixture.processed().getSpanId());
  }
}
