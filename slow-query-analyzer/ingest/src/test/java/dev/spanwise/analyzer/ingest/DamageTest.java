package dev.spanwise.analyzer.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.trace.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damage at any place costs what stands there and behind, and never what stands before. */
@Timeout(60)
class DamageTest {

  private static final List<ExportTraceServiceRequest> REQUESTS =
      List.of(SampleTraces.twoCalls(), SampleTraces.twoCalls(), SampleTraces.twoCalls());
  private static final List<Span> SPANS = Expected.spans(REQUESTS.get(0));

  private static final int[] MASKS = {0x01, 0x80, 0xff};

  private final TestReader reader = new TestReader();

  static List<FormatsTest.Named> formats() {
    return FormatsTest.formats().toList();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aCutFileGivesTheSpansBeforeTheCut(FormatsTest.Named format) throws IOException {
    byte[] content = format.format().write(REQUESTS);
    int spansSoFar = 0;
    for (int length = 0; length < content.length; length++) {
      ReadSpans read = read(Arrays.copyOf(content, length));

      assertThat(read.spans()).as("cut at %d", length).allMatch(DamageTest::isSpan);
      assertThat(read.spans().size()).as("cut at %d", length).isBetween(spansSoFar, 6);
      spansSoFar = read.spans().size();
    }
    assertThat(read(content).spans()).hasSize(6);
    assertThat(spansSoFar).isPositive();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aCutInsideASpanIsRejected(FormatsTest.Named format) throws IOException {
    byte[] content = format.format().write(REQUESTS);
    int lastName = lastIndexOf(content, "SELECT account");

    ReadSpans read = read(Arrays.copyOf(content, lastName));

    assertThat(read.spans()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(read.rejections()).hasSize(1);
    assertThat(read.rejections().get(0).place()).contains("byte");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFlippedByteLeavesTheSpansBeforeIt(FormatsTest.Named format) throws IOException {
    byte[] content = format.format().write(REQUESTS);
    for (int at = 0; at < content.length; at++) {
      byte[] damaged = content.clone();
      damaged[at] ^= (byte) MASKS[at % MASKS.length];

      ReadSpans read = read(damaged);

      if (at > content.length / 2) {
        assertThat(read.spans().stream().filter(DamageTest::isSpan).count())
            .as("byte %d", at)
            .isGreaterThanOrEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void damagedGzipGivesTheSpansBeforeTheDamage(FormatsTest.Named format) throws IOException {
    byte[] content = ReadSpans.gzip(format.format().write(REQUESTS));
    for (int at = 0; at < content.length; at++) {
      byte[] damaged = content.clone();
      damaged[at] ^= (byte) 0xff;
      ReadSpans broken = read(damaged);
      assertThat(broken.spans().size() == 6 || !broken.rejections().isEmpty())
          .as("byte %d", at)
          .isTrue();

      ReadSpans cut = read(Arrays.copyOf(content, at));
      assertThat(cut.rejections()).as("cut at %d", at).isNotEmpty();
    }
  }

  private ReadSpans read(byte[] content) {
    return reader.read(content);
  }

  /** A cut may take a resource that stands behind its spans. */
  private static boolean isSpan(Span span) {
    return SPANS.stream()
        .anyMatch(
            expected ->
                expected.spanId() == span.spanId()
                    && expected.traceId().equals(span.traceId())
                    && expected.endNanos() == span.endNanos()
                    && Objects.equals(expected.call(), span.call()));
  }

  private static int lastIndexOf(byte[] content, String text) {
    return new String(content, StandardCharsets.ISO_8859_1).lastIndexOf(text);
  }
}
