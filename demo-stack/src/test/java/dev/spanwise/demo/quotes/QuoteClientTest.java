package dev.spanwise.demo.quotes;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketFrameType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class QuoteClientTest {
  private static final Duration LONG = Duration.ofHours(1);

  /** Takes frames one by one, when it is told to. */
  private static final class Receiver implements Subscriber<WebSocketFrame> {
    private final BlockingQueue<WebSocketFrame> frames = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();

    @Override
    public void onSubscribe(Subscription subscription) {
      this.subscription.set(subscription);
    }

    String take() throws InterruptedException {
      while (subscription.get() == null) {
        Thread.sleep(1);
      }
      Objects.requireNonNull(subscription.get()).request(1);
      WebSocketFrame frame = Objects.requireNonNull(frames.poll(30, TimeUnit.SECONDS));
      return frame.type() == WebSocketFrameType.CLOSE ? "closed" : frame.text();
    }

    @Override
    public void onNext(WebSocketFrame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  @Test
  void whoTakesNothingGetsTheNewestQuoteOfEachInstrumentAndNoneInBetween() throws Exception {
    QuoteClient client = new QuoteClient(LONG, gone -> {});
    Receiver slow = receiver(client);
    client.offer(new Quote(1, "0"));

    for (int price = 1; price <= 100_000; price++) {
      client.offer(new Quote(1 + price % 2, Integer.toString(price)));
    }

    assertThat(slow.take()).isEqualTo("[{\"instrument\":1,\"price\":\"0\"}]");
    assertThat(slow.take())
        .isEqualTo(
            "[{\"instrument\":2,\"price\":\"99999\"},{\"instrument\":1,\"price\":\"100000\"}]");
    assertThat(slow.frames).isEmpty();
  }

  @Test
  void whoTakesNothingHoldsUpNobodyElse() throws Exception {
    QuoteClient stuck = new QuoteClient(LONG, gone -> {});
    Receiver takesNothing = receiver(stuck);
    QuoteClient other = new QuoteClient(LONG, gone -> {});
    Receiver takesAll = receiver(other);

    for (int price = 1; price <= 100; price++) {
      Quote quote = new Quote(1, Integer.toString(price));
      List.of(stuck, other).forEach(client -> client.offer(quote));
      assertThat(takesAll.take()).contains("\"price\":\"" + price + "\"");
    }
    assertThat(takesNothing.frames).isEmpty();
  }

  @Test
  void whoTakesNothingForTooLongIsClosedAndForgotten() throws Exception {
    BlockingQueue<QuoteClient> gone = new LinkedBlockingQueue<>();
    QuoteClient client = new QuoteClient(Duration.ZERO, gone::add);
    Receiver stuck = receiver(client);

    client.offer(new Quote(1, "1"));
    client.offer(new Quote(1, "2"));

    assertThat(gone.poll(30, TimeUnit.SECONDS)).isSameAs(client);
    assertThat(stuck.take()).contains("\"price\":\"1\"");
    assertThat(stuck.take()).isEqualTo("closed");
  }

  private static Receiver receiver(QuoteClient client) {
    Receiver receiver = new Receiver();
    client.connect(WebSocket.streaming()).subscribe(receiver);
    return receiver;
  }
}
