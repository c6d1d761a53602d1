package dev.spanwise.demo.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LedgerStreamsTest {

  @Test
  void aFailureNamesTheServerButNotItsPassword() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(() -> LedgerStreams.create("nats://demo:not-to-be-told@127.0.0.1:" + port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nats://127.0.0.1:" + port)
        .satisfies(failure -> assertThat(trace(failure)).doesNotContain("not-to-be-told"));
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
