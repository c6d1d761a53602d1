package dev.spanwise.analyzer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportServerTest {

  private static final LiveAnalysis ANALYSIS =
      new LiveAnalysis(Duration.ofMillis(5), () -> null, Clock.systemUTC(), "test");

  // Of the upgrades to HTTP/2 that Java's client asks for, Armeria leaves one in a thousand
  // unanswered.
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  // Armeria takes two seconds to stop: one server answers most of the tests.
  private static final ReportServer SERVER = ReportServer.start(0, ANALYSIS);

  @AfterAll
  static void stop() {
    SERVER.close();
    ANALYSIS.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/html",
    "report.json, application/json",
    "metrics, text/plain",
    "healthz, text/plain"
  })
  void answersWithItsMediaType(String path, String type) throws IOException, InterruptedException {
    HttpResponse<String> response = get(SERVER.uri().resolve(path));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElseThrow()).startsWith(type);
    assertThat(response.body()).isNotEmpty();
  }

  @Test
  void thePageReloadsItselfAndIsNeverCached() throws IOException, InterruptedException {
    HttpResponse<String> page = get(SERVER.uri());

    assertThat(page.headers().firstValue("refresh")).hasValue("15");
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void knowsNoOtherPath() throws IOException, InterruptedException {
    assertThat(get(SERVER.uri().resolve("nothing")).statusCode()).isEqualTo(404);
  }

  @Test
  void aPortIsHadOnce() {
    assertThatThrownBy(() -> ReportServer.start(SERVER.uri().getPort(), ANALYSIS))
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void answersNoLongerOnceClosed() {
    ReportServer stopping = ReportServer.start(0, ANALYSIS);
    URI uri = stopping.uri();
    stopping.close();

    assertThatThrownBy(() -> get(uri)).isInstanceOf(ConnectException.class);
  }

  private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
