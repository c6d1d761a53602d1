package dev.spanwise.analyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanwise.telemetry.EmittedNames;
import dev.spanwise.telemetry.Emitter;
import dev.spanwise.telemetry.PrometheusText;
import dev.spanwise.telemetry.TelemetryContract;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code spanwise serve} in a process of its own, as an operator runs it. */
class ServeCommandTest {

  private static final RecordedTraffic TRAFFIC = RecordedTraffic.get();

  /** A trace is judged when it has been quiet for two reports. */
  private static final Duration FIRST_FINDINGS = Duration.ofSeconds(75);

  // Of the upgrades to HTTP/2 that Java's client asks for, Armeria leaves one in a thousand
  // unanswered.
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static ServeProcess serve;
  private static String json = "";

  @BeforeAll
  static void receiveAndDiagnose() throws IOException, SQLException, InterruptedException {
    Secrets.makeTables(TRAFFIC);
    serve =
        ServeProcess.start(
            "--port=0",
            "--otlp-grpc-port=0",
            "--otlp-http-port=0",
            "--slower-than=1ms",
            "--report-every=2s",
            "--postgres-log=" + TRAFFIC.serverLog(),
            "--database=" + Secrets.databaseUrl(TRAFFIC));
    try (TracedStatements grpc =
            new TracedStatements(
                TRAFFIC.jdbcUrl(),
                "over-grpc",
                OtlpGrpcSpanExporter.builder().setEndpoint(serve.otlpGrpc()).build());
        TracedStatements http =
            new TracedStatements(
                TRAFFIC.jdbcUrl(),
                "over-http",
                OtlpHttpSpanExporter.builder().setEndpoint(serve.otlpHttp()).build())) {
      Secrets.run(grpc);
      Secrets.run(http);
    }
    long deadline = System.nanoTime() + FIRST_FINDINGS.toNanos();
    do {
      Thread.sleep(500);
      json = get("report.json").body();
    } while (!(json.contains("over-grpc") && json.contains("over-http"))
        && System.nanoTime() < deadline);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    serve.kill();
  }

  @Test
  void diagnosesWhatCameOverGrpcAndHttpWithThePlansOfTheLog() throws IOException {
    JsonNode report = ReportContract.read(json);

    assertThat(report.at("/links/exact").asInt()).isPositive();
    assertThat(report.at("/findings").findValuesAsText("service"))
        .contains("over-grpc", "over-http");
    assertThat(report.at("/findings").findValuesAsText("rule")).contains("SeqScanDiscardsMostRows");
  }

  @Test
  void showsThePage() throws IOException, InterruptedException {
    HttpResponse<String> page = get("");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
    assertThat(page.body()).startsWith("<!doctype html>").contains("secret_rows");
  }

  @Test
  void exposesFindingsAsMetrics() throws IOException, InterruptedException {
    HttpResponse<String> metrics = get("metrics");

    assertThat(metrics.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(metrics.body().lines())
        .anyMatch(
            line ->
                line.startsWith("spanwise_finding_info{")
                    && line.contains("finding=\"")
                    && line.contains("rule=\"SeqScanDiscardsMostRows\"")
                    && line.contains("service=\"over-grpc\"")
                    && line.contains("operation=\"")
                    && line.contains("relation=\"public.secret_rows\""))
        .anyMatch(line -> line.matches("spanwise_spans_received_total [1-9].*"))
        .anyMatch(line -> line.matches("spanwise_links\\{confidence=\"exact\"\\} [1-9].*"));
    assertThat(metrics.body()).doesNotContainIgnoringCase("select");
  }

  @Test
  void exposesTheMetricsThatTheContractDeclares() throws IOException, InterruptedException {
    EmittedNames emitted =
        EmittedNames.compare(
            TelemetryContract.ofThisVersion(),
            List.of(),
            PrometheusText.series(get("metrics").body()));

    assertThat(emitted.violations()).isEmpty();
    assertThat(emitted.neverSeen(Set.of(Emitter.ANALYZER_SERVER))).isEmpty();
  }

  @Test
  void showsNoSecretAnywhere() throws IOException, InterruptedException {
    Secrets.assertNone(get("").body());
    Secrets.assertNone(get("report.json").body());
    Secrets.assertNone(get("metrics").body());
    Secrets.assertNone(serve.output());
  }

  @Test
  void answersOnTheLoopbackInterfaceOnly() throws IOException {
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    for (int port : serve.ports()) {
      for (InetAddress other : others) {
        // Bound to every interface, the server would hold this address too.
        try (ServerSocket free = new ServerSocket(port, 1, other)) {
          assertThat(free.isBound()).isTrue();
        }
      }
      try (Socket loopback = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(loopback.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aTakenPortIsNamedWithItsOptionInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (String option : List.of("--port", "--otlp-grpc-port", "--otlp-http-port")) {
        CommandRun run = CommandRun.of(withPorts(option, taken.getLocalPort()));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaints()).hasSize(1);
        assertThat(run.err())
            .startsWith("spanwise: " + option + "=" + taken.getLocalPort() + " cannot be had: ")
            .contains("in use");
      }
    }
  }

  @Test
  void onePortForTwoOptionsIsRefused() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    CommandRun run =
        CommandRun.of("serve", "--port=" + port, "--otlp-grpc-port=0", "--otlp-http-port=" + port);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints())
        .containsExactly(
            "spanwise: --port=" + port + " and --otlp-http-port=" + port + " are the same port");
  }

  @Test
  void aNumberThatIsNoPortIsRefused() {
    CommandRun run = CommandRun.of(withPorts("--otlp-grpc-port", 70_000));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.complaints())
        .singleElement()
        .asString()
        .startsWith("spanwise: --otlp-grpc-port=70000 is no port");
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() throws InterruptedException {
    CommandRun[] run = new CommandRun[1];
    Thread thread = new Thread(() -> run[0] = CommandRun.of(withPorts("--port", 0)));
    thread.start();
    Thread.sleep(3_000);
    assertThat(thread.isAlive()).isTrue();

    thread.interrupt();
    thread.join(Duration.ofSeconds(15).toMillis());

    assertThat(thread.isAlive()).isFalse();
    assertThat(run[0].exitCode()).isZero();
    assertThat(run[0].err()).isEmpty();
    Pattern.compile("127\\.0\\.0\\.1:(\\d+)")
        .matcher(run[0].out())
        .results()
        .forEach(match -> assertThat(isOpen(Integer.parseInt(match.group(1)))).isFalse());
  }

  @Test
  void goesOnWithoutItsDatabaseAndStopsOnTheSignal() throws IOException, InterruptedException {
    ServeProcess lonely =
        ServeProcess.start(
            "--port=0",
            "--otlp-grpc-port=0",
            "--otlp-http-port=0",
            "--database=postgresql://someone:" + Secrets.TEXT + "@127.0.0.1:1/nowhere");
    try {
      HttpResponse<String> report =
          CLIENT.send(
              HttpRequest.newBuilder(lonely.uri().resolve("report.json")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(report.statusCode()).isEqualTo(200);
      ReportContract.read(report.body());

      lonely.terminate();

      assertThat(lonely.waitFor(15, TimeUnit.SECONDS)).isTrue();
      // 128 and the number of SIGTERM.
      assertThat(lonely.exitCode()).isEqualTo(143);
      assertThat(lonely.output()).contains("catalogue could not be read");
      assertThat(lonely.output()).doesNotContain("\tat ");
      Secrets.assertNone(lonely.output());
    } finally {
      lonely.kill();
    }
  }

  private static String[] withPorts(String option, int port) {
    return Stream.concat(
            Stream.of("serve"),
            Stream.of("--port", "--otlp-grpc-port", "--otlp-http-port")
                .map(each -> each + "=" + (each.equals(option) ? port : 0)))
        .toArray(String[]::new);
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = serve.uri().resolve(path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
