package dev.spanwise.analyzer.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request.
 *
 * @param status the answer
 * @param rejectedSpans how many spans of an accepted request were left out
 * @param message why the request was refused, or the first reason to leave out a span; null where
 *     all is well
 */
record RequestOutcome(Status status, long rejectedSpans, @Nullable String message) {

  /**
   * Answers as HTTP and as gRPC give them.
   *
   * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP failures</a>
   * @see <a href="https://grpc.github.io/grpc/core/md_doc_statuscodes.html">gRPC status codes</a>
   */
  enum Status {
    ACCEPTED(200, 0),
    MALFORMED(400, 3),
    NOT_FOUND(404, 12),
    TOO_LARGE(413, 8),
    UNKNOWN_ENCODING(415, 12),
    FAILED(500, 13),
    /** The client is to try again. */
    BUSY(503, 14);

    private final int http;
    private final int grpc;

    Status(int http, int grpc) {
      this.http = http;
      this.grpc = grpc;
    }

    int http() {
      return http;
    }

    int grpc() {
      return grpc;
    }
  }

  static RequestOutcome accepted(long rejectedSpans, @Nullable String firstReason) {
    return new RequestOutcome(Status.ACCEPTED, rejectedSpans, firstReason);
  }

  static RequestOutcome refused(Status status, String message) {
    return new RequestOutcome(status, 0, message);
  }
}
