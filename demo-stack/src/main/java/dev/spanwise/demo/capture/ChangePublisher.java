package dev.spanwise.demo.capture;

import dev.spanwise.demo.stream.LedgerStreams;
import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.nats.client.JetStream;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
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
  private final AtomicLong published = new AtomicLong();

  ChangePublisher(JetStream streams) {
    this.streams = streams;
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
        acks.add(publish(row));
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

  private CompletableFuture<PublishAck> publish(CapturedRow row) {
    Headers headers = new Headers();
    if (row.traceparent() != null) {
      headers.put("traceparent", row.traceparent());
    }
    return streams.publishAsync(
        LedgerStreams.subject(row.change()),
        headers,
        row.change().toBytes(),
        PublishOptions.builder().messageId(row.messageId()).build());
  }

  long published() {
    return published.get();
  }
}
