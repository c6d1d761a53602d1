package dev.spanwise.analyzer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.input.Rejection;
import dev.spanwise.analyzer.trace.SpanLink;
import dev.spanwise.analyzer.trace.SpanLinks;
import dev.spanwise.analyzer.trace.TraceId;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be read is named, with its place and the rule that it broke. */
class RejectionsTest {

  private static final String LINE =
      new OtlpJsonWriter(new SplittableRandom(1), false, false).write(SampleTraces.twoCalls());

  @Test
  void rejectsInvalidSpansOneByOne() {
    Span valid = SampleTraces.call("00000000000000a1").build();
    Span[] invalid = {
      SampleTraces.call("00000000000000a2").setTraceId(SampleTraces.id("0123")).build(),
      SampleTraces.call("00000000000000a3").setTraceId(SampleTraces.id("00".repeat(16))).build(),
      SampleTraces.call("0000000000000000").build(),
      SampleTraces.call("00a4").build(),
      SampleTraces.call("00000000000000a5").setParentSpanId(SampleTraces.id("01")).build(),
      SampleTraces.call("00000000000000a6").setEndTimeUnixNano(999_999_999).build(),
      SampleTraces.call("00000000000000a7").setEndTimeUnixNano(0).build(),
      SampleTraces.call("00000000000000a8").setStartTimeUnixNano(0).build(),
      SampleTraces.call("00000000000000a9").setEndTimeUnixNano(-1).build(),
      SampleTraces.call("00000000000000aa").clearTraceId().build(),
    };
    List<Span> all = new ArrayList<>();
    for (Span span : invalid) {
      all.add(valid);
      all.add(span);
    }
    ExportTraceServiceRequest request = SampleTraces.request(all.toArray(Span[]::new));

    ReadSpans protobuf = ReadSpans.of(request.toByteArray());
    ReadSpans json =
        ReadSpans.of(new OtlpJsonWriter(new SplittableRandom(1), false, false).write(request));

    assertThat(protobuf.spans()).hasSize(invalid.length);
    assertThat(json.spans()).isEqualTo(protobuf.spans());
    assertThat(protobuf.rejections())
        .extracting(Rejection::reason)
        .containsExactly(
            "the trace id has 2 bytes, not 16",
            "the trace id is missing or all zero",
            "the span id is missing or all zero",
            "the span id has 2 bytes, not 8",
            "the parent span id has 1 bytes, not 8",
            "the end is before the start",
            "the end time is missing or zero",
            "the start time is missing or zero",
            "a time is past the year 2262",
            "the trace id is missing or all zero");
    assertThat(protobuf.rejections()).allMatch(r -> r.place().matches("byte [0-9]+"));
    assertThat(json.rejections()).hasSize(invalid.length);
    assertThat(json.rejections().get(0).place())
        .isEqualTo("line 1, /resourceSpans/0/scopeSpans/0/spans/1");
  }

  @Test
  void aLinkThatNamesNoSpanIsCountedAndTheSpanStays() {
    Span.Builder span = SampleTraces.call("00000000000000a1");
    span.addLinksBuilder().setTraceId(SampleTraces.id("01".repeat(16)));
    span.addLinksBuilder().setSpanId(SampleTraces.id("02".repeat(8)));
    span.addLinksBuilder()
        .setTraceId(SampleTraces.id("05".repeat(15)))
        .setSpanId(SampleTraces.id("02".repeat(9)));
    for (int i = 0; i <= SpanLinks.MOST; i++) {
      span.addLinksBuilder()
          .setTraceId(SampleTraces.id("01".repeat(16)))
          .setSpanId(SampleTraces.id("02".repeat(8)));
    }
    ExportTraceServiceRequest request = SampleTraces.request(span.build());
    String json = new OtlpJsonWriter(new SplittableRandom(1), false, false).write(request);

    for (ReadSpans read :
        List.of(
            ReadSpans.of(request.toByteArray()),
            ReadSpans.of(json),
            ReadSpans.of(json.replace("05".repeat(15) + "\"", "zz".repeat(16) + "\"")))) {
      assertThat(read.rejections()).isEmpty();
      SpanLinks links = read.spans().get(0).links();
      assertThat(links.omitted()).isEqualTo(4);
      assertThat(links.kept())
          .hasSize(SpanLinks.MOST)
          .containsOnly(
              new SpanLink(
                  new TraceId(0x0101010101010101L, 0x0101010101010101L), 0x0202020202020202L));
    }
  }

  @Test
  void longNamesAreCutBetweenCharacters() {
    String name = "ü".repeat(2_000);
    ExportTraceServiceRequest request =
        SampleTraces.request(SampleTraces.call("00000000000000a1").setName("x" + name).build());

    assertThat(ReadSpans.of(request.toByteArray()).spans().get(0).name())
        .isEqualTo("x" + name.substring(0, 511));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":",
        "{\"resourceSpans\":[{\"resource\":{}},",
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"secret",
        "secret garbage",
        "\"resourceSpans\":[]}",
        "{\"resourceSpans\":5}",
        "{\"resourceSpans\":[]} {\"resourceSpans\":[]}",
        "]]]]}}}}"
      })
  void passesOverABadLineAndReadsTheNext(String bad) {
    ReadSpans read = ReadSpans.of(LINE + "\n" + bad + "\n" + LINE + "\r\n\n" + LINE);

    assertThat(read.spans()).hasSize(6);
    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).place()).matches("line [23], byte [0-9]+");
    assertThat(read.rejections().get(0).toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-22 12:00:00 LOG: checkpoint starting | a text file",
        "[{\"traceId\":\"1\",\"id\":\"2\",\"localEndpoint\":{}}] | Zipkin",
        "{\"data\":[{\"traceID\":\"1\",\"spans\":[]}]} | Jaeger",
        "{\"batches\":[]} | Tempo",
        "{\"resourceMetrics\":[]} | OTLP metrics",
        "{\"level\":\"info\"} | of another kind",
        "[1,2,[3]] | a JSON array",
      })
  void saysWhatAnotherKindOfFileLooksLike(String content, String looks) {
    ReadSpans read = ReadSpans.of(content);

    assertThat(read.spans()).isEmpty();
    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).reason()).contains(looks).contains("expected OTLP");
    assertThat(ReadSpans.of((content + "\n").repeat(1000)).rejections()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "89504E470D0A1A0A0000000D, a PNG image",
    "28B52FFD00000000, zstd",
    "504B0304140000, a zip archive",
    "00000000000000000000, an unknown binary file",
    "FFFE7B00, UTF-16",
    "1F8B, the gzip data ends"
  })
  void saysWhatABinaryFileLooksLike(String hex, String looks) {
    ReadSpans read = ReadSpans.of(SampleTraces.id(hex).toByteArray());

    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).reason()).contains(looks);
  }

  @Test
  void rejectsAnEmptyInput() {
    assertThat(ReadSpans.of("").rejections())
        .containsExactly(new Rejection("test", "byte 0", "the input is empty"));
    assertThat(ReadSpans.of(ReadSpans.gzip(new byte[0])).rejections()).hasSize(1);
  }

  @Test
  void rejectsGarbageBehindGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ReadSpans.gzip(SampleTraces.twoCalls().toByteArray()));
    bytes.write("garbage".getBytes(StandardCharsets.UTF_8));

    ReadSpans read = ReadSpans.of(bytes.toByteArray());

    assertThat(read.spans()).hasSize(2);
    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).reason()).contains("not gzip data");
  }

  @Test
  void stepsOverADamagedRecordByItsFrame() throws IOException {
    byte[] content =
        FormatsTest.frames(
            List.of(SampleTraces.twoCalls(), SampleTraces.twoCalls(), SampleTraces.twoCalls()));
    int frame = content.length / 3;
    content[frame + 4] = 0x0c; // the end of a group, where resource_spans should be

    ReadSpans read = ReadSpans.of(content);

    assertThat(read.spans()).hasSize(4);
    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).place()).isEqualTo("byte " + (frame + 5));
  }

  @Test
  void rejectsASpanThatIsTooLargeAndReadsTheNext() {
    Span large =
        SampleTraces.call("00000000000000a1")
            .addAttributes(SampleTraces.text("x", "y".repeat(OtlpProtobufDecoder.MAX_SPAN_BYTES)))
            .build();
    Span valid = SampleTraces.call("00000000000000a2").build();

    ReadSpans read = ReadSpans.of(SampleTraces.request(large, valid).toByteArray());

    assertThat(read.spans()).hasSize(1);
    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).reason()).contains("larger than 4194304 bytes");
  }

  @Test
  void handsOnSpansWhoseResourceComesTooLate() {
    int count = SpanSink.MAX_WAITING + 5;
    Span[] calls = new Span[count];
    Arrays.fill(calls, SampleTraces.call("00000000000000a1").build());
    ExportTraceServiceRequest request = SampleTraces.request(calls);
    String json = new OtlpJsonWriter(new SplittableRandom(1), false, false).write(request);
    String resource = json.substring(json.indexOf("\"resource\""), json.indexOf("\"scopeSpans\""));
    String late =
        json.replace(resource, "")
            .replaceFirst("]}]}]}$", "]}]," + resource.replaceFirst(",$", "") + "}]}");

    ReadSpans read = ReadSpans.of(late);

    assertThat(read.spans()).hasSize(count);
    assertThat(read.spans().stream().filter(span -> "accounts".equals(span.service())).count())
        .isEqualTo(SpanSink.MAX_WAITING);
    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).reason())
        .contains("5 spans were read without their service");
  }
}
