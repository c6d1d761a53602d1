package dev.spanwise.benchmarks;

import static org.openjdk.jmh.annotations.Scope.Benchmark;

import dev.spanwise.benchmarks.stub.StubJetStream;
import dev.spanwise.benchmarks.stub.StubMessage;
import dev.spanwise.instrumentation.jetstream.JetStreamTelemetry;
import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Publishing and processing without a server, against the same spans by hand. By hand the headers
 * are neither read nor written, nothing is metered, and the metadata are read for the attributes.
 */
@State(Benchmark)
public class JetStreamBenchmark {
  private final byte[] body = StubMessage.body();
  private final Headers headers =
      new Headers().add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

  private BenchmarkTelemetry telemetry;
  private Tracer tracer;
  private JetStream plain;
  private JetStream wrapped;
  private JetStreamTelemetry jetStreamTelemetry;

  @Setup
  public void open() {
    telemetry = BenchmarkTelemetry.sampled();
    tracer = telemetry.tracer();
    jetStreamTelemetry = JetStreamTelemetry.create(telemetry.telemetry());
    plain = StubJetStream.create();
    wrapped = jetStreamTelemetry.wrap(plain);
  }

  @TearDown
  public void close() {
    telemetry.close();
  }

  @Benchmark
  @SuppressWarnings("try") // the scope is opened to be closed
  public Message processByHand() {
    Message message = new StubMessage(headers);
    NatsJetStreamMetaData metadata = message.metaData();
    Span span =
        tracer
            .spanBuilder("process " + metadata.getStream())
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.system", "nats")
            .setAttribute("messaging.operation.name", "process")
            .setAttribute("messaging.operation.type", "process")
            .setAttribute(SpanwiseAttributes.MESSAGING_DESTINATION_NAME, message.getSubject())
            .setAttribute(SpanwiseAttributes.MESSAGING_CONSUMER_GROUP_NAME, metadata.getConsumer())
            .setAttribute("messaging.message.body.size", message.getData().length)
            .setAttribute(SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM, metadata.getStream())
            .setAttribute(
                SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM_SEQUENCE, metadata.streamSequence())
            .setAttribute(
                SpanwiseAttributes.SPANWISE_JETSTREAM_DELIVERY_COUNT, metadata.deliveredCount())
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      message.ack();
      return message;
    } finally {
      span.setAttribute(SpanwiseAttributes.SPANWISE_JETSTREAM_SETTLEMENT, "ack");
      span.end();
    }
  }

  @Benchmark
  public Message process() {
    Message message = new StubMessage(headers);
    jetStreamTelemetry.process(message, AckPolicy.Explicit, Message::ack);
    return message;
  }

  @Benchmark
  @SuppressWarnings("try") // the scope is opened to be closed
  public PublishAck publishByHand() throws IOException, JetStreamApiException {
    Span span =
        tracer
            .spanBuilder("publish")
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute("messaging.system", "nats")
            .setAttribute("messaging.operation.name", "publish")
            .setAttribute("messaging.operation.type", "send")
            .setAttribute("messaging.message.body.size", body.length)
            .setAttribute(SpanwiseAttributes.MESSAGING_DESTINATION_NAME, StubMessage.SUBJECT)
            .startSpan();
    try (Scope scope = span.makeCurrent()) {
      PublishAck sent = plain.publish(StubMessage.SUBJECT, body);
      span.updateName("publish " + sent.getStream());
      span.setAttribute(SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM, sent.getStream());
      span.setAttribute(SpanwiseAttributes.SPANWISE_JETSTREAM_STREAM_SEQUENCE, sent.getSeqno());
      return sent;
    } finally {
      span.end();
    }
  }

  @Benchmark
  public PublishAck publish() throws IOException, JetStreamApiException {
    return wrapped.publish(StubMessage.SUBJECT, body);
  }
}
