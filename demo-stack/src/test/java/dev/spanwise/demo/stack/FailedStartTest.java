package dev.spanwise.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.demo.capture.LedgerCapture;
import dev.spanwise.demo.database.DemoDatabase;
import dev.spanwise.demo.ledger.Ledger;
import dev.spanwise.demo.projection.Projector;
import dev.spanwise.demo.quotes.QuoteServer;
import dev.spanwise.demo.telemetry.Metrics;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that does not reach the streams ends what it had started, its telemetry last. */
class FailedStartTest {
  private final LastExporter exporter = new LastExporter();
  @TempDir private Path directory = Path.of("");

  @Test
  void theQuotesLeaveNothingRunning() throws Exception {
    String nats = nobodysUrl();

    assertEndsAfter(() -> QuoteServer.start(nats, exporter, new Metrics()));
  }

  @Test
  void theProjectorLeavesNothingRunning() throws Exception {
    String nats = nobodysUrl();
    try (DemoDatabase database = DemoDatabase.start(directory)) {
      assertEndsAfter(
          () -> Projector.start(database.jdbcUrl(), nats, null, exporter, new Metrics()));
    }
  }

  @Test
  void theCaptureLeavesNothingRunning() throws Exception {
    String nats = nobodysUrl();
    try (Ledger ledger = Ledger.start(null, directory, 5)) {
      assertEndsAfter(
          () ->
              LedgerCapture.start(
                  ledger, nats, directory.resolve("capture"), exporter, new Metrics()));
    }
  }

  private void assertEndsAfter(ThrowingCallable start) {
    assertThatThrownBy(start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nats://127.0.0.1")
        .satisfies(failure -> assertThat(failure).hasNoSuppressedExceptions());
    assertThat(exporter.ended).isTrue();
  }

  /** Of a port where nobody listens. */
  private static String nobodysUrl() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "nats://127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static final class LastExporter implements SpanExporter {
    private final AtomicBoolean ended = new AtomicBoolean();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      ended.set(true);
      return CompletableResultCode.ofSuccess();
    }
  }
}
