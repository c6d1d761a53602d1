package dev.spanwise.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.testing.contract.application.Application;
import dev.spanwise.testing.contract.application.InvalidationApplication;
import dev.spanwise.testing.contract.application.LongReadApplication;
import dev.spanwise.testing.contract.application.PullApplication;
import dev.spanwise.testing.contract.application.TwoConnectionsApplication;
import dev.spanwise.testing.server.NatsServer;
import dev.spanwise.testing.server.PgBouncer;
import dev.spanwise.testing.server.PostgresServer;
import dev.spanwise.testing.server.RedisServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever becomes of servers, and whatever messages bring, an application has the results and the
 * exceptions that it has without instrumentation: each test runs it both ways.
 */
public abstract class FailingSafelyContract {

  /** Runs the application instrumented. */
  protected abstract Exported run(
      Class<? extends Application> application, Map<String, String> settings) throws Exception;

  @Test
  void aDatabaseThatIsRestartedInMidReadEndsItAsWithout() throws Exception {
    try (PostgresServer server = PostgresServer.embedded()) {
      Map<String, String> settings = Map.of("jdbc.url", server.jdbcUrl());
      Exported without =
          Interruption.whenRead(
              server, () -> Uninstrumented.run(LongReadApplication.class, settings));
      Exported with = Interruption.whenRead(server, () -> run(LongReadApplication.class, settings));

      assertThat(without.output()).containsEntry("rows", "50").containsEntry("after", "1");
      assertThat(without.output().get("ended")).contains("57P01");
      assertThat(with.output()).containsAllEntriesOf(without.output());
      assertThat(with.statements("generate_series")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&loginTimeout=2"})
  void aPoolerThatLeavesTheQuestionUnansweredCostsNoConnection(String option) throws Exception {
    try (PostgresServer server = PostgresServer.embedded();
        PgBouncer pooler = PgBouncer.inFrontOf(server, 1)) {
      // The driver itself asks for nothing then.
      Map<String, String> settings =
          Map.of("jdbc.url", pooler.jdbcUrl() + "&assumeMinServerVersion=12" + option);
      Exported without = Uninstrumented.run(TwoConnectionsApplication.class, settings);
      Exported with = run(TwoConnectionsApplication.class, settings);

      assertThat(without.output())
          .containsEntry("opened", "true")
          .containsEntry("first", "1")
          .containsEntry("second", "2");
      assertThat(with.output()).containsAllEntriesOf(without.output());
      assertThat(with.statements("SELECT")).hasSize(2);
    }
  }

  @Test
  void aServerThatStopsInMidQuestionIsReportedAsTheDriverReportsIt() throws Exception {
    try (PostgresServer server = PostgresServer.embedded()) {
      Map<String, String> settings = Map.of("jdbc.url", server.jdbcUrl());
      Exported with =
          Interruption.whenAsked(server, () -> run(TwoConnectionsApplication.class, settings));

      // Without instrumentation nothing is asked that it could stop in.
      // Refused, or told by a server on its way down that it cannot connect now.
      assertThat(with.output().get("failed")).isIn("08001", "57P03");
    }
  }

  @Test
  void aBrokerThatIsRestartedInMidPullIsPulledFromAgain() throws Exception {
    Exported without = pulledOverARestart(Uninstrumented::run);
    Exported with = pulledOverARestart(this::run);

    assertThat(pulled(without)).containsOnlyKeys("pulled.0", "pulled.1");
    assertThat(pulled(with)).isEqualTo(pulled(without));
    assertThat(with.telemetry().spans("process ORDERS")).hasSize(2);
  }

  private interface Run {
    Exported of(Class<? extends Application> application, Map<String, String> settings)
        throws Exception;
  }

  private static Exported pulledOverARestart(Run run) throws Exception {
    try (NatsServer server = NatsServer.start();
        Orders orders = Orders.on(server)) {
      orders.publish(Map.of(), "first");
      return Interruption.whenPulled(
          server, orders, () -> run.of(PullApplication.class, Map.of("nats.url", server.url())));
    }
  }

  /** Without the calls that failed meanwhile: how long the broker takes decides which. */
  private static Map<String, String> pulled(Exported exported) {
    Map<String, String> pulled = new HashMap<>(exported.output());
    pulled.keySet().removeIf(key -> !key.startsWith("pulled."));
    return pulled;
  }

  @Test
  void headersOfATraceThatAreNoneReachTheApplicationAsTheyAre() throws Exception {
    try (NatsServer server = NatsServer.start();
        Orders orders = Orders.on(server)) {
      Map<String, String> settings = Map.of("nats.url", server.url());
      orders.publishBrokenHeaders();
      Exported without = Uninstrumented.run(PullApplication.class, settings);
      orders.publishBrokenHeaders();
      Exported with = run(PullApplication.class, settings);

      assertThat(without.output()).hasSize(Orders.BROKEN.size() + 1);
      assertThat(with.output()).containsAllEntriesOf(without.output()).doesNotContainKey("failed");
      assertThat(with.telemetry().spans("process ORDERS")).hasSize(Orders.BROKEN.size() + 1);
    }
  }

  @Test
  void envelopesThatAreNoneReachTheApplicationAsTheyAre() throws Exception {
    try (RedisServer server = RedisServer.start()) {
      Map<String, String> settings = new HashMap<>(Map.of("redis.url", server.url()));
      List<String> messages = BrokenEnvelopes.all();
      IntStream.range(0, messages.size())
          .forEach(i -> settings.put("message." + i, messages.get(i)));
      Exported without = Uninstrumented.run(InvalidationApplication.class, settings);
      Exported with = run(InvalidationApplication.class, settings);

      assertThat(without.output()).hasSize(messages.size());
      assertThat(with.output()).containsAllEntriesOf(without.output());
      assertThat(with.points("spanwise.invalidation.messages")).isNotEmpty();
    }
  }
}
