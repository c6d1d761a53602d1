package dev.spanwise.demo.workload;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A WebSocket client that counts the frames of quotes that it gets, until it is closed. */
public final class QuoteListener implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final AtomicLong frames;
  private final WebSocket socket;

  private QuoteListener(AtomicLong frames, WebSocket socket) {
    this.frames = frames;
    this.socket = socket;
  }

  /**
   * Connects.
   *
   * @param quotes where a quote server sends them
   */
  public static QuoteListener connect(URI quotes) {
    AtomicLong frames = new AtomicLong();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(TIMEOUT)
            // Servers answer only pages of their own origin.
            .header("Origin", "http://" + quotes.getAuthority())
            .buildAsync(quotes, new Counter(frames))
            .join();
    return new QuoteListener(frames, socket);
  }

  private record Counter(AtomicLong frames) implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      if (last) {
        frames.incrementAndGet();
      }
      socket.request(1);
      return null;
    }
  }

  /** Frames so far, of one quote or more each. */
  public long frames() {
    return frames.get();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
