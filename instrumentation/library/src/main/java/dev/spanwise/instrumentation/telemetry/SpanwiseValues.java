// Generated from instrumentation/telemetry.yaml; how: instrumentation/telemetry/README.md.
package dev.spanwise.instrumentation.telemetry;

/**
 * The values of the attributes that have a closed set of them, as {@code telemetry.yaml} declares
 * them.
 */
public final class SpanwiseValues {
  /** Values of {@code spanwise.read.cache}. */
  public static final class ReadCache {
    /** The cache had the answer. */
    public static final String HIT = "hit";

    /** The cache was asked and had none. */
    public static final String MISS = "miss";

    /** No cache was asked; on the metric alone. */
    public static final String NONE = "none";

    private ReadCache() {}
  }

  /** Values of {@code spanwise.read.outcome}. */
  public static final class ReadOutcome {
    /** It returned. */
    public static final String SUCCESS = "success";

    /** It threw. */
    public static final String ERROR = "error";

    /** Its future was cancelled. */
    public static final String CANCELLED = "cancelled";

    private ReadOutcome() {}
  }

  /** Values of {@code spanwise.jetstream.settlement}. */
  public static final class JetstreamSettlement {
    /** Acknowledged. */
    public static final String ACK = "ack";

    /** Refused: it will be delivered again. */
    public static final String NAK = "nak";

    /** Given up: it will not be delivered again. */
    public static final String TERM = "term";

    /** Not settled while it was processed. */
    public static final String NONE = "none";

    private JetstreamSettlement() {}
  }

  /** Values of {@code spanwise.invalidation.result}. */
  public static final class InvalidationResult {
    /** The cache forgot the key. */
    public static final String APPLIED = "applied";

    /** The same version of the key had been applied before. */
    public static final String DUPLICATE = "duplicate";

    /** A newer version of the key had been applied before. */
    public static final String OUT_OF_ORDER = "out_of_order";

    /** A message without our envelope, passed on as it is. */
    public static final String PLAIN = "plain";

    /** A message whose envelope cannot be read. */
    public static final String MALFORMED = "malformed";

    /** The application's listener threw. */
    public static final String FAILED = "failed";

    private InvalidationResult() {}
  }

  /** Values of {@code spanwise.invalidation.leg}. */
  public static final class InvalidationLeg {
    /** From the commit of the write to the publishing. */
    public static final String WRITE_TO_PUBLISH = "write_to_publish";

    /** From the publishing to the cache that forgot the key. */
    public static final String PUBLISH_TO_APPLY = "publish_to_apply";

    /** The whole way. */
    public static final String WRITE_TO_APPLY = "write_to_apply";

    private InvalidationLeg() {}
  }

  /** Values of {@code spanwise.freshness.leg}. */
  public static final class FreshnessLeg {
    /** From the commit to its capture. */
    public static final String CAPTURE = "capture";

    /** From the capture to the stream's consumer. */
    public static final String STREAM = "stream";

    /** From the consumer to the read model. */
    public static final String PROJECT = "project";

    /** From the read model to the cache that forgot the key. */
    public static final String INVALIDATE = "invalidate";

    /** From there to a read that shows it. */
    public static final String VISIBLE = "visible";

    /** The whole way. */
    public static final String TOTAL = "total";

    private FreshnessLeg() {}
  }

  /** Values of {@code messaging.system}. */
  public static final class MessagingSystem {
    /** NATS; not among the convention's values yet. */
    public static final String NATS = "nats";

    /** Redis pub/sub; not among the convention's values yet. */
    public static final String REDIS = "redis";

    private MessagingSystem() {}
  }

  /** Values of {@code messaging.operation.name}. */
  public static final class MessagingOperationName {
    /** It is sent. */
    public static final String PUBLISH = "publish";

    /** It is processed. */
    public static final String PROCESS = "process";

    private MessagingOperationName() {}
  }

  /** Values of {@code messaging.operation.type}. */
  public static final class MessagingOperationType {
    /** It is sent. */
    public static final String SEND = "send";

    /** It is processed. */
    public static final String PROCESS = "process";

    private MessagingOperationType() {}
  }

  private SpanwiseValues() {}
}
