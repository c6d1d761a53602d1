package dev.spanwise.analyzer.ingest;

import com.google.protobuf.CodedInputStream;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.util.Exceptions;
import dev.spanwise.analyzer.ingest.RequestOutcome.Status;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decodes the bodies of requests and hands on their spans, whatever protocol brought them. */
final class TraceRequests {

  /** Requests held at a time; each may be as large as the limit. */
  private static final int MAX_CONCURRENT = 32;

  private static final Logger LOGGER = LoggerFactory.getLogger(TraceRequests.class);

  private record Decoders(OtlpProtobufDecoder protobuf, OtlpJsonDecoder json) {}

  private final Consumer<? super Span> spans;
  private final Consumer<? super Rejection> rejections;
  private final int maxRequestBytes;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT);
  // As many as there are threads that decode.
  private final ConcurrentLinkedQueue<Decoders> idle = new ConcurrentLinkedQueue<>();
  private final LongAdder spansReceived = new LongAdder();
  private final LongAdder spansRejected = new LongAdder();
  private final LongAdder requestsRefused = new LongAdder();

  TraceRequests(
      Consumer<? super Span> spans, Consumer<? super Rejection> rejections, int maxRequestBytes) {
    this.spans = spans;
    this.rejections = rejections;
    this.maxRequestBytes = maxRequestBytes;
  }

  /** Whether another request may be held; if so, {@link #end} is to follow. */
  boolean begin() {
    return permits.tryAcquire();
  }

  void end() {
    permits.release();
  }

  /** The whole body; fails where it is larger than the limit and {@code extra} bytes. */
  CompletableFuture<byte[]> body(HttpRequest request, int extra) {
    int limit = maxRequestBytes + extra;
    AtomicInteger length = new AtomicInteger();
    return request
        .mapData(
            data -> {
              if (length.addAndGet(data.length()) > limit) {
                throw ContentTooLargeException.get();
              }
              return data;
            })
        .aggregate()
        .thenApply(whole -> whole.content().array());
  }

  /**
   * Decodes the part of {@code body} from {@code offset} on; what listeners throw comes through.
   */
  RequestOutcome accept(
      byte[] body, int offset, boolean compressed, OtlpEncoding encoding, String source) {
    byte[] content = body;
    int start = offset;
    if (compressed) {
      try (InputStream gzip =
          new GzipInput(new ByteArrayInputStream(body, offset, body.length - offset))) {
        content = gzip.readNBytes(maxRequestBytes + 1);
        start = 0;
      } catch (ZipException e) {
        return refuse(source, Status.MALFORMED, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (content.length - start > maxRequestBytes) {
      return tooLarge(source);
    }
    SpanSink sink = new SpanSink(source, spans, rejections);
    Decoders decoders = idle.poll();
    if (decoders == null) {
      Texts texts = new Texts();
      decoders = new Decoders(new OtlpProtobufDecoder(texts), new OtlpJsonDecoder(texts));
    }
    try {
      if (encoding == OtlpEncoding.JSON) {
        decoders.json.decode(content, sink);
      } else {
        int length = content.length - start;
        decoders.protobuf.decode(CodedInputStream.newInstance(content, start, length), sink);
      }
    } catch (OtlpFormatException e) {
      return refuse(source, Status.MALFORMED, e.place() + ": " + e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      idle.add(decoders);
      spansReceived.add(sink.accepted());
      spansRejected.add(sink.rejected());
    }
    return RequestOutcome.accepted(sink.rejected(), sink.firstReason());
  }

  /** The answer to a request that failed on the way in, or whose listener threw. */
  RequestOutcome failed(Throwable failure, String source) {
    Throwable cause = Exceptions.peel(failure);
    if (cause instanceof ContentTooLargeException) {
      return tooLarge(source);
    }
    LOGGER.error("A request of {} was not taken", source, cause);
    return refuse(source, Status.FAILED, "the receiver failed: " + cause.getClass().getName());
  }

  /** Refuses a request as a whole. */
  RequestOutcome refuse(String source, Status status, String reason) {
    requestsRefused.increment();
    try {
      rejections.accept(new Rejection(source, "request", reason));
    } catch (RuntimeException e) {
      LOGGER.error("A rejection of {} was not taken: {}", source, reason, e);
    }
    return RequestOutcome.refused(status, reason);
  }

  RequestOutcome tooLarge(String source) {
    return refuse(
        source, Status.TOO_LARGE, "the request is larger than " + maxRequestBytes + " bytes");
  }

  RequestOutcome busy(String source) {
    return refuse(
        source, Status.BUSY, MAX_CONCURRENT + " requests are being read already; try again");
  }

  long spansReceived() {
    return spansReceived.sum();
  }

  long spansRejected() {
    return spansRejected.sum();
  }

  long requestsRefused() {
    return requestsRefused.sum();
  }
}
