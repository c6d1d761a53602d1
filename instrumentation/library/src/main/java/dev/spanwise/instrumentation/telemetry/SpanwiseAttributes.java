// Generated from instrumentation/telemetry.yaml; how: instrumentation/telemetry/README.md.
package dev.spanwise.instrumentation.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/** The attributes that this library sets, as {@code telemetry.yaml} declares them. */
public final class SpanwiseAttributes {
  /** The name of a named read. */
  public static final AttributeKey<String> SPANWISE_READ_NAME =
      AttributeKey.stringKey("spanwise.read.name");

  /** Whether a cache answered the read. One of {@link SpanwiseValues.ReadCache}. */
  public static final AttributeKey<String> SPANWISE_READ_CACHE =
      AttributeKey.stringKey("spanwise.read.cache");

  /** How the read ended. One of {@link SpanwiseValues.ReadOutcome}. */
  public static final AttributeKey<String> SPANWISE_READ_OUTCOME =
      AttributeKey.stringKey("spanwise.read.outcome");

  /** How many rows the read returned, as its caller says. */
  public static final AttributeKey<Long> SPANWISE_READ_ROWS =
      AttributeKey.longKey("spanwise.read.rows");

  /** How many rows the read took out of its result sets. */
  public static final AttributeKey<Long> SPANWISE_JDBC_ROWS_FETCHED =
      AttributeKey.longKey("spanwise.jdbc.rows_fetched");

  /**
   * How long the read waited for further portions of rows, in seconds; the first come with the
   * statement's own span.
   */
  public static final AttributeKey<Double> SPANWISE_JDBC_FETCH_DURATION =
      AttributeKey.doubleKey("spanwise.jdbc.fetch_duration");

  /** The process id of the PostgreSQL backend that executed the statement. */
  public static final AttributeKey<Long> POSTGRESQL_PID = AttributeKey.longKey("postgresql.pid");

  /** When that backend was started, in milliseconds since the epoch: pids come back. */
  public static final AttributeKey<Long> SPANWISE_POSTGRESQL_BACKEND_START =
      AttributeKey.longKey("spanwise.postgresql.backend_start");

  /** The name of the read that the statement belongs to. */
  public static final AttributeKey<String> DB_QUERY_SUMMARY =
      AttributeKey.stringKey("db.query.summary");

  /** The name of the JetStream stream. */
  public static final AttributeKey<String> SPANWISE_JETSTREAM_STREAM =
      AttributeKey.stringKey("spanwise.jetstream.stream");

  /** The message's sequence number in its stream. */
  public static final AttributeKey<Long> SPANWISE_JETSTREAM_STREAM_SEQUENCE =
      AttributeKey.longKey("spanwise.jetstream.stream_sequence");

  /** How many times the message has been delivered, this one included. */
  public static final AttributeKey<Long> SPANWISE_JETSTREAM_DELIVERY_COUNT =
      AttributeKey.longKey("spanwise.jetstream.delivery_count");

  /** How the message was settled. One of {@link SpanwiseValues.JetstreamSettlement}. */
  public static final AttributeKey<String> SPANWISE_JETSTREAM_SETTLEMENT =
      AttributeKey.stringKey("spanwise.jetstream.settlement");

  /** The version of the key that was invalidated. */
  public static final AttributeKey<Long> SPANWISE_INVALIDATION_VERSION =
      AttributeKey.longKey("spanwise.invalidation.version");

  /** What became of an invalidation. One of {@link SpanwiseValues.InvalidationResult}. */
  public static final AttributeKey<String> SPANWISE_INVALIDATION_RESULT =
      AttributeKey.stringKey("spanwise.invalidation.result");

  /** A leg of an invalidation's way. One of {@link SpanwiseValues.InvalidationLeg}. */
  public static final AttributeKey<String> SPANWISE_INVALIDATION_LEG =
      AttributeKey.stringKey("spanwise.invalidation.leg");

  /** The name of the change data capture connector. */
  public static final AttributeKey<String> SPANWISE_CDC_CONNECTOR =
      AttributeKey.stringKey("spanwise.cdc.connector");

  /** The name of the replica. */
  public static final AttributeKey<String> SPANWISE_REPLICATION_REPLICA =
      AttributeKey.stringKey("spanwise.replication.replica");

  /** The name of the replication slot. */
  public static final AttributeKey<String> SPANWISE_REPLICATION_SLOT =
      AttributeKey.stringKey("spanwise.replication.slot");

  /** A leg of the way from commit to sight. One of {@link SpanwiseValues.FreshnessLeg}. */
  public static final AttributeKey<String> SPANWISE_FRESHNESS_LEG =
      AttributeKey.stringKey("spanwise.freshness.leg");

  /**
   * Why it failed: the class of the exception, the status of a response, or terminated, where a
   * message was given up (term) without an exception.
   */
  public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  /** The messaging system. One of {@link SpanwiseValues.MessagingSystem}. */
  public static final AttributeKey<String> MESSAGING_SYSTEM =
      AttributeKey.stringKey("messaging.system");

  /**
   * What is done with the message, as the client calls it. One of {@link
   * SpanwiseValues.MessagingOperationName}.
   */
  public static final AttributeKey<String> MESSAGING_OPERATION_NAME =
      AttributeKey.stringKey("messaging.operation.name");

  /**
   * What is done with the message, as the conventions call it. One of {@link
   * SpanwiseValues.MessagingOperationType}.
   */
  public static final AttributeKey<String> MESSAGING_OPERATION_TYPE =
      AttributeKey.stringKey("messaging.operation.type");

  /** The subject or channel. */
  public static final AttributeKey<String> MESSAGING_DESTINATION_NAME =
      AttributeKey.stringKey("messaging.destination.name");

  /** The name of the consumer. */
  public static final AttributeKey<String> MESSAGING_CONSUMER_GROUP_NAME =
      AttributeKey.stringKey("messaging.consumer.group.name");

  /** The size of the message's body in bytes. */
  public static final AttributeKey<Long> MESSAGING_MESSAGE_BODY_SIZE =
      AttributeKey.longKey("messaging.message.body.size");

  /** How many messages or changes the batch holds. */
  public static final AttributeKey<Long> MESSAGING_BATCH_MESSAGE_COUNT =
      AttributeKey.longKey("messaging.batch.message_count");

  private SpanwiseAttributes() {}
}
