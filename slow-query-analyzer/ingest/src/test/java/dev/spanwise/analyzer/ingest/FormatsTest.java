package dev.spanwise.analyzer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.trace.Span;
import dev.spanwise.instrumentation.fingerprint.Statement;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format gives the spans that protobuf's generated classes see. */
class FormatsTest {

  interface Format {
    byte[] write(List<ExportTraceServiceRequest> requests) throws IOException;
  }

  record Named(String name, Format format) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Named> formats() {
    return Stream.of(
        new Named("one protobuf message", FormatsTest::message),
        new Named("frames of the collector", FormatsTest::frames),
        new Named("delimited messages", FormatsTest::delimited),
        new Named("JSON lines", requests -> json(requests, false, false, "\n")),
        new Named(
            "JSON lines with CRLF and blank lines",
            requests -> json(requests, false, false, "\r\n\r\n")),
        new Named(
            "JSON lines with keys in any order", requests -> json(requests, true, false, "\n")),
        new Named("JSON over many lines", requests -> json(requests, false, true, "\n")),
        new Named(
            "JSON over many lines, keys in any order",
            requests -> json(requests, true, true, "\n")));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void givesTheSpansOfTheGeneratedClasses(Named format) throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      List<ExportTraceServiceRequest> requests = requests(seed);
      List<Span> expected = requests.stream().flatMap(r -> Expected.spans(r).stream()).toList();

      ReadSpans read = ReadSpans.of(format.format().write(requests));

      assertThat(read.rejections()).as("seed %d", seed).isEmpty();
      assertThat(read.spans()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void readsThroughGzipOfSeveralMembers(Named format) throws IOException {
    List<ExportTraceServiceRequest> requests = requests(1);
    byte[] content = format.format().write(requests);
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(ReadSpans.gzip(Arrays.copyOf(content, content.length / 2)));
    members.write(ReadSpans.gzip(Arrays.copyOfRange(content, content.length / 2, content.length)));

    assertThat(ReadSpans.of(members.toByteArray())).isEqualTo(ReadSpans.of(content));
  }

  @Test
  void readsJsonBehindAByteOrderMark() {
    byte[] json = json(List.of(SampleTraces.twoCalls()), false, false, "\n");

    ReadSpans read = ReadSpans.of("\uFEFF" + new String(json, StandardCharsets.UTF_8));

    assertThat(read).isEqualTo(ReadSpans.of(json));
    assertThat(read.spans()).hasSize(2);
  }

  @Test
  void sharesOneStatementAndOneNameBetweenSpans() throws IOException {
    ReadSpans read =
        ReadSpans.of(delimited(List.of(SampleTraces.twoCalls(), SampleTraces.twoCalls())));

    assertThat(read.spans()).hasSize(4);
    Span first = read.spans().get(0);
    assertThat(read.spans())
        .allSatisfy(
            span -> {
              assertThat(span.name()).isSameAs(first.name());
              assertThat(span.service()).isSameAs(first.service());
              assertThat(statement(span)).isNotNull().isSameAs(statement(first));
            });
  }

  private static @Nullable Statement statement(Span span) {
    return span.call() == null ? null : span.call().statement();
  }

  static byte[] message(List<ExportTraceServiceRequest> requests) {
    ExportTraceServiceRequest.Builder all = ExportTraceServiceRequest.newBuilder();
    requests.forEach(all::mergeFrom);
    return all.build().toByteArray();
  }

  static byte[] frames(List<ExportTraceServiceRequest> requests) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (ExportTraceServiceRequest request : requests) {
      out.writeInt(request.getSerializedSize());
      request.writeTo(out);
    }
    return bytes.toByteArray();
  }

  static byte[] delimited(List<ExportTraceServiceRequest> requests) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ExportTraceServiceRequest request : requests) {
      request.writeDelimitedTo(bytes);
    }
    return bytes.toByteArray();
  }

  static byte[] json(
      List<ExportTraceServiceRequest> requests, boolean shuffled, boolean pretty, String end) {
    OtlpJsonWriter writer = new OtlpJsonWriter(new SplittableRandom(1), shuffled, pretty);
    StringBuilder text = new StringBuilder();
    requests.forEach(request -> text.append(writer.write(request)).append(end));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<ExportTraceServiceRequest> requests(long seed) {
    RandomTraces random = new RandomTraces(new SplittableRandom(seed));
    List<ExportTraceServiceRequest> requests = new ArrayList<>();
    // The first request tells the format, so it is never empty.
    requests.add(SampleTraces.twoCalls());
    for (int i = 0; i < 3; i++) {
      requests.add(random.request());
    }
    return requests;
  }
}
