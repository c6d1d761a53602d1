// Generated from instrumentation/telemetry.yaml; how: instrumentation/telemetry/README.md.
package dev.spanwise.instrumentation.telemetry;

import java.util.List;

/** The metrics that this library records, as {@code telemetry.yaml} declares them. */
public final class SpanwiseMetrics {
  /** How long named reads took. */
  public static final Metric SPANWISE_READ_DURATION =
      new Metric(
          "spanwise.read.duration",
          Metric.Kind.HISTOGRAM,
          "How long named reads took.",
          "s",
          List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0),
          List.of(
              SpanwiseAttributes.SPANWISE_READ_NAME,
              SpanwiseAttributes.SPANWISE_READ_OUTCOME,
              SpanwiseAttributes.SPANWISE_READ_CACHE));

  /** How old messages were, from being stored to being handed to the application. */
  public static final Metric SPANWISE_JETSTREAM_MESSAGE_AGE =
      new Metric(
          "spanwise.jetstream.message.age",
          Metric.Kind.HISTOGRAM,
          "How old messages were, from being stored to being handed to the application.",
          "s",
          List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
          List.of(
              SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM,
              SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME));

  /** How long the application processed a message. */
  public static final Metric SPANWISE_JETSTREAM_PROCESS_DURATION =
      new Metric(
          "spanwise.jetstream.process.duration",
          Metric.Kind.HISTOGRAM,
          "How long the application processed a message.",
          "s",
          List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0),
          List.of(
              SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM,
              SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME,
              SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT));

  /** Messages that the consumer has still to be sent, as the last message said. */
  public static final Metric SPANWISE_JETSTREAM_CONSUMER_PENDING =
      new Metric(
          "spanwise.jetstream.consumer.pending",
          Metric.Kind.GAUGE,
          "Messages that the consumer has still to be sent, as the last message said.",
          "{message}",
          List.of(),
          List.of(
              SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM,
              SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME));

  /** Messages delivered to this process and not settled yet. */
  public static final Metric SPANWISE_JETSTREAM_CONSUMER_ACK_PENDING =
      new Metric(
          "spanwise.jetstream.consumer.ack_pending",
          Metric.Kind.GAUGE,
          "Messages delivered to this process and not settled yet.",
          "{message}",
          List.of(),
          List.of(
              SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM,
              SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME));

  /** Deliveries of a message after its first. */
  public static final Metric SPANWISE_JETSTREAM_REDELIVERIES =
      new Metric(
          "spanwise.jetstream.redeliveries",
          Metric.Kind.COUNTER,
          "Deliveries of a message after its first.",
          "{message}",
          List.of(),
          List.of(
              SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM,
              SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME));

  /** How long an invalidation took, leg by leg. */
  public static final Metric SPANWISE_INVALIDATION_LAG =
      new Metric(
          "spanwise.invalidation.lag",
          Metric.Kind.HISTOGRAM,
          "How long an invalidation took, leg by leg.",
          "s",
          List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
          List.of(
              SpanwiseAttributes.MESSAGING_DESTINATION_NAME,
              SpanwiseAttributes.SPANWISE_INVALIDATION_LEG));

  /** Messages on an invalidation channel. */
  public static final Metric SPANWISE_INVALIDATION_MESSAGES =
      new Metric(
          "spanwise.invalidation.messages",
          Metric.Kind.COUNTER,
          "Messages on an invalidation channel.",
          "{message}",
          List.of(),
          List.of(
              SpanwiseAttributes.MESSAGING_DESTINATION_NAME,
              SpanwiseAttributes.SPANWISE_INVALIDATION_RESULT));

  /** Versions of keys whose invalidation never came. */
  public static final Metric SPANWISE_INVALIDATION_MISSED =
      new Metric(
          "spanwise.invalidation.missed",
          Metric.Kind.COUNTER,
          "Versions of keys whose invalidation never came.",
          "{version}",
          List.of(),
          List.of(SpanwiseAttributes.MESSAGING_DESTINATION_NAME));

  /** How long after their commit changes were captured. */
  public static final Metric SPANWISE_CDC_LAG =
      new Metric(
          "spanwise.cdc.lag",
          Metric.Kind.HISTOGRAM,
          "How long after their commit changes were captured.",
          "s",
          List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
          List.of(SpanwiseAttributes.SPANWISE_CDC_CONNECTOR));

  /** How far the connector is behind its source, as it says itself. */
  public static final Metric SPANWISE_CDC_BEHIND_SOURCE =
      new Metric(
          "spanwise.cdc.behind_source",
          Metric.Kind.GAUGE,
          "How far the connector is behind its source, as it says itself.",
          "s",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_CDC_CONNECTOR));

  /** Free places in the connector's queue. */
  public static final Metric SPANWISE_CDC_QUEUE_REMAINING =
      new Metric(
          "spanwise.cdc.queue.remaining",
          Metric.Kind.GAUGE,
          "Free places in the connector's queue.",
          "{event}",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_CDC_CONNECTOR));

  /** Places in the connector's queue. */
  public static final Metric SPANWISE_CDC_QUEUE_CAPACITY =
      new Metric(
          "spanwise.cdc.queue.capacity",
          Metric.Kind.GAUGE,
          "Places in the connector's queue.",
          "{event}",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_CDC_CONNECTOR));

  /** 1 where the connector is connected to its source, else 0. */
  public static final Metric SPANWISE_CDC_CONNECTED =
      new Metric(
          "spanwise.cdc.connected",
          Metric.Kind.GAUGE,
          "1 where the connector is connected to its source, else 0.",
          "{connection}",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_CDC_CONNECTOR));

  /** How old the newest heartbeat is that the replica shows. */
  public static final Metric SPANWISE_REPLICATION_HEARTBEAT_AGE =
      new Metric(
          "spanwise.replication.heartbeat.age",
          Metric.Kind.GAUGE,
          "How old the newest heartbeat is that the replica shows.",
          "s",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_REPLICATION_REPLICA));

  /** Write-ahead log that the primary has written and the replica has not replayed. */
  public static final Metric SPANWISE_REPLICATION_REPLAY_DISTANCE =
      new Metric(
          "spanwise.replication.replay.distance",
          Metric.Kind.GAUGE,
          "Write-ahead log that the primary has written and the replica has not replayed.",
          "By",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_REPLICATION_REPLICA));

  /** Write-ahead log that the primary keeps for the slot. */
  public static final Metric SPANWISE_REPLICATION_SLOT_RETAINED =
      new Metric(
          "spanwise.replication.slot.retained",
          Metric.Kind.GAUGE,
          "Write-ahead log that the primary keeps for the slot.",
          "By",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_REPLICATION_SLOT));

  /** 1 where a client is connected to the slot, else 0. */
  public static final Metric SPANWISE_REPLICATION_SLOT_ACTIVE =
      new Metric(
          "spanwise.replication.slot.active",
          Metric.Kind.GAUGE,
          "1 where a client is connected to the slot, else 0.",
          "{connection}",
          List.of(),
          List.of(SpanwiseAttributes.SPANWISE_REPLICATION_SLOT));

  /** How long a heartbeat took from its commit until it was visible, leg by leg. */
  public static final Metric SPANWISE_FRESHNESS_DURATION =
      new Metric(
          "spanwise.freshness.duration",
          Metric.Kind.HISTOGRAM,
          "How long a heartbeat took from its commit until it was visible, leg by leg.",
          "s",
          List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0),
          List.of(SpanwiseAttributes.SPANWISE_FRESHNESS_LEG));

  /** How long ago the newest heartbeat was committed that has been seen. */
  public static final Metric SPANWISE_FRESHNESS_AGE =
      new Metric(
          "spanwise.freshness.age",
          Metric.Kind.GAUGE,
          "How long ago the newest heartbeat was committed that has been seen.",
          "s",
          List.of(),
          List.of());

  private SpanwiseMetrics() {}
}
