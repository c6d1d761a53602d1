package dev.spanwise.demo.capture;

import dev.spanwise.demo.stream.FreshnessProbes;
import dev.spanwise.demo.stream.LedgerChange;
import dev.spanwise.demo.stream.LedgerStreams;
import dev.spanwise.instrumentation.cdc.ChangeCapture;
import dev.spanwise.instrumentation.freshness.Freshness;
import dev.spanwise.instrumentation.freshness.Leg;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.nats.client.JetStream;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes a batch of changes and waits until the streams have them all. Until then the batch is
 * published again: the ledger keeps what follows, and the streams drop what they have.
 */
final class ChangePublisher implements ChangeConsumer<ChangeEvent<String, String>> {
  private static final Logger logger = LoggerFactory.getLogger(ChangePublisher.class);
  private static final Duration ACK_LIMIT = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final JetStream streams;
  private final ChangeCapture capture;
  private final Freshness freshness;
  private final AtomicLong published = new AtomicLong();

  ChangePublisher(JetStream streams, ChangeCapture capture, Freshness freshness) {
    this.streams = streams;
    this.capture = capture;
    this.freshness = freshness;
  }

  @Override
  public void handleBatch(
      List<ChangeEvent<String, String>> batch,
      RecordCommitter<ChangeEvent<String, String>> committer)
      throws InterruptedException {
    while (!publish(batch)) {
      Thread.sleep(PAUSE.toMillis());
    }
    for (ChangeEvent<String, String> event : batch) {
      committer.markProcessed(event);
    }
    committer.markBatchFinished();
  }

  private boolean publish(List<ChangeEvent<String, String>> batch) throws InterruptedException {
    List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
    for (ChangeEvent<String, String> event : batch) {
      CapturedRow row = CapturedRow.of(event);
      if (row != null) {
        capture.publishing(event, () -> acks.add(publish(row.change(), row.messageId())));
      }
    }
    try {
      CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new))
          .get(ACK_LIMIT.toSeconds(), TimeUnit.SECONDS);
      published.addAndGet(acks.size());
      return true;
    } catch (ExecutionException | TimeoutException e) {
      logger.warn("{} changes could not be published and will be again", acks.size(), e);
      return false;
    }
  }

  private CompletableFuture<PublishAck> publish(LedgerChange change, String messageId) {
    LedgerChange published = FreshnessProbes.reached(freshness, change, Leg.CAPTURE);
    return streams.publishAsync(
        LedgerStreams.subject(published),
        published.toBytes(),
        PublishOptions.builder().messageId(messageId).build());
  }

  long published() {
    return published.get();
  }
}
