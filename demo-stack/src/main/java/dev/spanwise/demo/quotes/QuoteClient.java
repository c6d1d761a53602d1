package dev.spanwise.demo.quotes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketCloseStatus;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One WebSocket. A single frame is under way at a time; what comes meanwhile is conflated to the
 * newest quote of each instrument. So a slow client costs no more memory than a fast one, and never
 * sees an old quote after a newer one.
 */
final class QuoteClient {
  /** How long a frame may be under way to a client of the service. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final ObjectMapper json = new ObjectMapper();

  private final Duration limit;
  private final Consumer<QuoteClient> whenGone;
  private final WebSocketWriter outgoing = WebSocket.streaming();
  private final Map<Long, Quote> waiting = new LinkedHashMap<>();
  private boolean connected;
  private boolean sending;
  private long sentNanos;

  /**
   * @param limit how long a frame may be under way
   */
  QuoteClient(Duration limit, Consumer<QuoteClient> whenGone) {
    this.limit = limit;
    this.whenGone = whenGone;
  }

  /** Sends what waits, and whatever is offered until the client goes. */
  WebSocket connect(WebSocket incoming) {
    incoming.subscribe(new Incoming());
    CompletableFuture<Void> unused =
        outgoing.whenComplete().whenComplete((done, error) -> whenGone.accept(this));
    synchronized (this) {
      connected = true;
      send();
    }
    return outgoing;
  }

  synchronized void offer(Quote quote) {
    waiting.put(quote.instrument(), quote);
    if (!sending) {
      send();
    } else if (System.nanoTime() - sentNanos > limit.toNanos()) {
      outgoing.close(
          WebSocketCloseStatus.POLICY_VIOLATION, "took nothing for " + limit.toMillis() + " ms");
      whenGone.accept(this);
    }
  }

  private synchronized void send() {
    if (!connected || waiting.isEmpty() || !outgoing.isOpen()) {
      sending = false;
      return;
    }
    sending = true;
    sentNanos = System.nanoTime();
    outgoing.write(frame(waiting.values()));
    waiting.clear();
    CompletableFuture<Void> unused = outgoing.whenConsumed().thenRun(this::send);
  }

  private static String frame(Collection<Quote> quotes) {
    try {
      return json.writeValueAsString(List.copyOf(quotes));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("quotes cannot be written as JSON", e);
    }
  }

  void close() {
    outgoing.close();
  }

  /** What a client says is of no interest but for its end. */
  private final class Incoming implements Subscriber<WebSocketFrame> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(WebSocketFrame frame) {
      frame.close();
    }

    @Override
    public void onError(Throwable error) {
      close();
    }

    @Override
    public void onComplete() {
      close();
    }
  }
}
