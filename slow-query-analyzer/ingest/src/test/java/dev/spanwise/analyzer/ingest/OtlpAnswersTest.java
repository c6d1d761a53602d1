package dev.spanwise.analyzer.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client is told, in both protocols, by raw requests. */
class OtlpAnswersTest {

  private static final int LIMIT = 100_000;
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";
  private static final byte[] VALID = SampleTraces.twoCalls().toByteArray();
  private static final byte[] ONE_INVALID =
      SampleTraces.request(
              SampleTraces.call("00000000000000a1").build(),
              SampleTraces.call("00000000000000a2").setEndTimeUnixNano(1).build())
          .toByteArray();

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<Rejection> rejections = new CopyOnWriteArrayList<>();
  private volatile boolean listenerThrows;
  private final OtlpReceiver receiver =
      OtlpReceiver.builder(this::take, rejections::add)
          .grpcPort(0)
          .httpPort(0)
          .maxRequestBytes(LIMIT)
          .start();

  private void take(Span span) {
    if (listenerThrows) {
      throw new IllegalStateException("planted");
    }
    spans.add(span);
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  @Test
  void acceptsProtobufAndJson() {
    String json =
        new OtlpJsonWriter(new SplittableRandom(1), true, true).write(SampleTraces.twoCalls());

    AggregatedHttpResponse first = http(PROTOBUF, VALID, Map.of());
    AggregatedHttpResponse second = http(JSON, json.getBytes(UTF_8), Map.of());
    AggregatedHttpResponse third =
        http("application/json; charset=utf-8", json.getBytes(UTF_8), Map.of());

    assertThat(first.status().code()).isEqualTo(200);
    assertThat(first.headers().get("content-type")).isEqualTo(PROTOBUF);
    assertThat(first.content().isEmpty()).isTrue();
    assertThat(second.status().code()).isEqualTo(200);
    assertThat(second.contentUtf8()).isEqualTo("{}");
    assertThat(third.status().code()).isEqualTo(200);
    assertThat(spans).hasSize(6);
  }

  @Test
  void saysHowManySpansWereInvalid() throws IOException {
    ExportTraceServiceResponse answer =
        ExportTraceServiceResponse.parseFrom(
            http(PROTOBUF, ONE_INVALID, Map.of()).content().array());
    ExportTraceServiceResponse grpc =
        ExportTraceServiceResponse.parseFrom(
            CodedInputStream.newInstance(
                grpc(framed(0, ONE_INVALID), Map.of()).content().array(),
                5,
                answer.getSerializedSize()));

    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    assertThat(answer.getPartialSuccess().getErrorMessage())
        .contains("the end is before the start");
    assertThat(grpc).isEqualTo(answer);
    assertThat(spans).hasSize(2);
    assertThat(receiver.spansRejected()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsMalformed() throws IOException {
    byte[] text = "no protobuf".getBytes(UTF_8);
    AggregatedHttpResponse protobuf = http(PROTOBUF, text, Map.of());
    AggregatedHttpResponse json = http(JSON, text, Map.of());
    AggregatedHttpResponse gzip = http(PROTOBUF, text, Map.of("content-encoding", "gzip"));

    assertThat(protobuf.status().code()).isEqualTo(400);
    CodedInputStream status = CodedInputStream.newInstance(protobuf.content().array());
    assertThat(status.readTag()).isEqualTo(1 << 3);
    assertThat(status.readInt32()).isEqualTo(3);
    assertThat(status.readTag()).isEqualTo((2 << 3) | 2);
    assertThat(status.readString()).contains("not a protobuf message");
    assertThat(json.status().code()).isEqualTo(400);
    assertThat(json.contentUtf8()).startsWith("{\"code\":3,\"message\":").contains("line 1");
    assertThat(gzip.status().code()).isEqualTo(400);
    assertGrpc(grpc(framed(0, text), Map.of()), 3);
    assertGrpc(grpc(new byte[0], Map.of()), 3);
    assertGrpc(grpc(framed(1, VALID), Map.of()), 3);
    assertGrpc(grpc(framed(7, VALID), Map.of()), 3);
    assertGrpc(grpc(framed(1, text), Map.of("grpc-encoding", "gzip")), 3);
    assertThat(receiver.requestsRefused()).isEqualTo(8);
    assertThat(rejections).hasSize(8);
  }

  @Test
  void refusesWhatIsTooLargeAsSentOrDecompressed() {
    byte[] large = new byte[LIMIT + 1];
    byte[] bomb = ReadSpans.gzip(new byte[50 * LIMIT]);
    Map<String, String> gzip = Map.of("content-encoding", "gzip");
    Map<String, String> grpcGzip = Map.of("grpc-encoding", "gzip");

    assertThat(http(PROTOBUF, large, Map.of()).status().code()).isEqualTo(413);
    assertThat(http(JSON, large, Map.of()).status().code()).isEqualTo(413);
    assertThat(http(PROTOBUF, bomb, gzip).status().code()).isEqualTo(413);
    assertGrpc(grpc(framed(0, large), Map.of()), 8);
    assertGrpc(grpc(framed(1, bomb), grpcGzip), 8);
    assertThat(bomb.length).isLessThan(LIMIT);
  }

  @Test
  void refusesOtherTypesMethodsAndSignals() {
    assertThat(http("text/plain", VALID, Map.of()).status().code()).isEqualTo(415);
    assertThat(http(PROTOBUF, VALID, Map.of("content-encoding", "br")).status().code())
        .isEqualTo(415);
    WebClient client = WebClient.of("http://127.0.0.1:" + receiver.httpPort());
    AggregatedHttpResponse get = client.get("/v1/traces").aggregate().join();
    assertThat(get.status().code()).isEqualTo(405);
    assertThat(get.headers().get("allow")).isEqualTo("POST");
    for (String path : List.of("/v1/metrics", "/v1/logs")) {
      AggregatedHttpResponse answer =
          client
              .execute(RequestHeaders.of(HttpMethod.POST, path, "content-type", JSON), "{}")
              .aggregate()
              .join();
      assertThat(answer.status().code()).isEqualTo(404);
      assertThat(answer.contentUtf8()).contains("only traces").contains(path);
    }
    for (String signal : List.of("metrics.v1.MetricsService", "logs.v1.LogsService")) {
      String path = "/opentelemetry.proto.collector." + signal + "/Export";
      assertGrpc(grpc(path, framed(0, new byte[0]), Map.of()), 12);
    }
    assertGrpc(grpc(framed(0, VALID), Map.of("grpc-encoding", "zstd")), 12);
    assertThat(spans).isEmpty();
  }

  @Test
  void outlivesAListenerThatThrows() {
    listenerThrows = true;
    assertThat(http(PROTOBUF, VALID, Map.of()).status().code()).isEqualTo(500);
    assertGrpc(grpc(framed(0, VALID), Map.of()), 13);
    assertThat(rejections).hasSize(2).allMatch(r -> r.reason().contains("IllegalStateException"));

    listenerThrows = false;
    assertThat(http(PROTOBUF, VALID, Map.of()).status().code()).isEqualTo(200);
    assertGrpc(grpc(framed(0, VALID), Map.of()), 0);
    assertThat(spans).hasSize(4);
  }

  private AggregatedHttpResponse http(String type, byte[] body, Map<String, String> headers) {
    RequestHeadersBuilder builder =
        RequestHeaders.builder(HttpMethod.POST, "/v1/traces").set("content-type", type);
    headers.forEach(builder::set);
    return WebClient.of("h1c://127.0.0.1:" + receiver.httpPort())
        .execute(HttpRequest.of(builder.build(), HttpData.wrap(body)))
        .aggregate()
        .join();
  }

  private AggregatedHttpResponse grpc(byte[] body, Map<String, String> headers) {
    return grpc("/opentelemetry.proto.collector.trace.v1.TraceService/Export", body, headers);
  }

  private AggregatedHttpResponse grpc(String path, byte[] body, Map<String, String> headers) {
    RequestHeadersBuilder builder =
        RequestHeaders.builder(HttpMethod.POST, path).set("content-type", "application/grpc");
    headers.forEach(builder::set);
    return WebClient.of("h2c://127.0.0.1:" + receiver.grpcPort())
        .execute(HttpRequest.of(builder.build(), HttpData.wrap(body)))
        .aggregate()
        .join();
  }

  private static void assertGrpc(AggregatedHttpResponse answer, int status) {
    assertThat(answer.status().code()).isEqualTo(200);
    String code = answer.trailers().get("grpc-status", answer.headers().get("grpc-status", "none"));
    assertThat(code).isEqualTo(Integer.toString(status));
  }

  private static byte[] framed(int flag, byte[] message) {
    return ByteBuffer.allocate(5 + message.length)
        .put((byte) flag)
        .putInt(message.length)
        .put(message)
        .array();
  }
}
