package dev.spanwise.instrumentation.invalidation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.MalformedContext;
import dev.spanwise.instrumentation.telemetry.RecordedTelemetry;
import dev.spanwise.testing.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others send is nobody's error here: each message is applied once, as it came. */
class MalformedMessageTest {
  private static final InvalidationEnvelope ENVELOPE =
      new InvalidationEnvelope(
          "a-1",
          "/orders",
          new Write("account:42", 7L, Instant.parse("2026-11-22T10:00:00Z")),
          Instant.parse("2026-11-22T10:00:01Z"),
          Map.of("traceparent", "00-" + MalformedContext.TRACE_ID + "-b7ad6b7169203331-01"));

  private final RecordedTelemetry recorded = new RecordedTelemetry();
  private final InvalidationReceiver receiver = InvalidationReceiver.create(recorded.telemetry());
  private final List<Invalidation> applied = new ArrayList<>();

  private void receive(String message) {
    receiver.receive("prices", message, applied::add);
  }

  private static InvalidationEnvelope with(Map<String, String> context) {
    return new InvalidationEnvelope(
        ENVELOPE.id(), ENVELOPE.source(), ENVELOPE.write(), ENVELOPE.published(), context);
  }

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(Context.current()).isSameAs(Context.root());
    assertThat(recorded.spans()).hasSameSizeAs(applied);
    assertThat(recorded.count("spanwise.invalidation.messages")).isEqualTo(applied.size());
  }

  @Test
  void anEnvelopeWhoseContextNamesNoTraceIsAppliedInATraceOfItsOwn() {
    for (Map<String, String> context : MalformedContext.withoutTrace()) {
      receive(with(context).toJson());
    }

    assertThat(applied)
        .hasSameSizeAs(MalformedContext.withoutTrace())
        .allMatch(invalidation -> invalidation.envelope() != null);
    assertThat(recorded.spans()).noneMatch(span -> span.getParentSpanContext().isValid());
  }

  @Test
  void anEnvelopesTraceIsReadWhateverComesBesideIt() {
    for (Map<String, String> context : MalformedContext.besideATrace()) {
      receive(with(context).toJson());
    }

    assertThat(recorded.spans())
        .hasSameSizeAs(MalformedContext.besideATrace())
        .allMatch(span -> span.getTraceId().equals(MalformedContext.TRACE_ID));
  }

  @Test
  void anEnvelopeThatIsCutOffAnywhereIsAppliedAsItCame() {
    String whole = ENVELOPE.toJson();
    for (int end = 0; end <= whole.length(); end++) {
      receive(whole.substring(0, end));
    }

    assertThat(applied).hasSize(whole.length() + 1);
    for (int end = 0; end <= whole.length(); end++) {
      assertThat(applied.get(end).message()).isEqualTo(whole.substring(0, end));
      assertThat(applied.get(end).envelope()).isEqualTo(end == whole.length() ? ENVELOPE : null);
    }
  }

  @Test
  void anEnvelopeWithWrongCharactersAnywhereIsAppliedAsItCame() {
    Random random = new Random(42);
    String odd = "\"\\{}[]:,-+E.tn\u0000\u001f\u007f\ud800\udfff\ufffd\u2028 ";
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder message = new StringBuilder(ENVELOPE.toJson());
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        message.setCharAt(
            random.nextInt(message.length()), odd.charAt(random.nextInt(odd.length())));
      }
      sent.add(message.toString());
      receive(message.toString());
    }

    assertThat(applied).extracting(Invalidation::message).isEqualTo(sent);
  }

  @Test
  void attributesOfAnotherTypeOrSizeAreAppliedAsTheyCame() {
    List<String> values =
        List.of(
            "null",
            "true",
            "[]",
            "{}",
            "1.5",
            "-1",
            "1e999999999",
            "9".repeat(1_000),
            "\"\"",
            "\"\ud800\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"" + "v".repeat(100_000) + "\"",
            "[".repeat(5_000));
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "\"1.0\"");
    attributes.put("id", "\"1\"");
    attributes.put("source", "\"/\"");
    attributes.put("type", "\"" + InvalidationEnvelope.TYPE + "\"");
    attributes.put("subject", "\"k\"");
    attributes.put("time", "\"2026-11-22T10:00:00Z\"");
    attributes.put("recordedtime", "\"2026-11-22T10:00:00Z\"");
    attributes.put("sequence", "\"1\"");
    attributes.put("traceparent", "\"x\"");
    List<String> sent = new ArrayList<>();
    for (String name : attributes.keySet()) {
      for (String value : values) {
        Map<String, String> changed = new LinkedHashMap<>(attributes);
        changed.put(name, value);
        List<String> members = new ArrayList<>();
        changed.forEach((key, content) -> members.add("\"" + key + "\":" + content));
        sent.add("{" + String.join(",", members) + "}");
      }
    }
    sent.forEach(this::receive);

    assertThat(applied).extracting(Invalidation::message).isEqualTo(sent);
  }

  @Test
  void bytesThatAreNoTextAndMessagesPastAllBoundsComeFromARealServerAsTheyWereSent()
      throws Exception {
    byte[] noText = {(byte) 0xff, (byte) 0xfe, '{', (byte) 0xc3, '(', 0};
    byte[] broken = ENVELOPE.toJson().getBytes(StandardCharsets.UTF_8);
    broken[20] = (byte) 0xff;
    byte[] huge = ("{\"x\":\"" + "v".repeat(5_000_000)).getBytes(StandardCharsets.UTF_8);
    byte[] whole = ENVELOPE.toJson().getBytes(StandardCharsets.UTF_8);
    List<byte[]> received = new CopyOnWriteArrayList<>();
    try (RedisServer server = RedisServer.start();
        RedisClient client = RedisClient.create(server.url());
        var subscriber = client.connectPubSub(ByteArrayCodec.INSTANCE);
        var texts = client.connectPubSub();
        var connection = client.connect(ByteArrayCodec.INSTANCE)) {
      subscriber.addListener(
          LettuceInvalidations.wrap(
              receiver,
              new RedisPubSubAdapter<>() {
                @Override
                public void message(byte[] channel, byte[] message) {
                  received.add(message);
                }
              }));
      List<Invalidation> listened = new CopyOnWriteArrayList<>();
      texts.addListener(LettuceInvalidations.listener(receiver, listened::add));
      byte[] channel = {(byte) 0xff, 'c'};
      subscriber.sync().subscribe(channel);
      texts.sync().psubscribe("*");
      for (byte[] message : List.of(noText, broken, huge, whole)) {
        connection.sync().publish(channel, message);
      }

      RecordedTelemetry.await("all", () -> received.size() == 4 && listened.size() == 4);
      assertThat(received).containsExactly(noText, broken, huge, whole);
      assertThat(listened.get(3).envelope()).isEqualTo(ENVELOPE);
      RecordedTelemetry.await(
          "all counted", () -> recorded.count("spanwise.invalidation.messages") == 8);
      RecordedTelemetry.await("all ended", () -> recorded.spans().size() == 8);
      // Once by each listener.
      applied.addAll(listened);
      applied.addAll(listened);
    }
  }
}
