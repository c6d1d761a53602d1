package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.plan.NodeType;
import dev.spanwise.analyzer.postgresql.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server logs is read whatever its prefix, given or found out. */
abstract class ServerLogContract {

  private static final String[] QUERIES = {
    "SELECT count(*) AS one\n  FROM generate_series(1, 1000) AS numbers",
    "SELECT 'duration: 1.000 ms  plan:\n\tnot one' AS two, pg_sleep(0.03)",
    "SELECT * FROM pg_class WHERE relname = 'three'"
  };

  abstract TestServer server();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%m [%p] ",
        "%m [%p] %q%u@%d ",
        "%t:%r:%u@%d:[%p]:",
        "%m [%p]: [%l-1] db=%d,user=%u ",
        "%t-%c-",
        "%n %p %-20u|%10d|%a|%e|%v|%x|%s|%% ",
        "app=%a,pid=%p,at=%m,%r ",
        "%c %l %m %b %h ",
        "<%p,%Q,%i> (%t) "
      })
  void readsStderr(String prefix) throws Exception {
    Path log = server().log("stderr", prefix, "json", QUERIES);

    Read given = Read.file(log, new ServerLogOptions(prefix, null));
    Read found = Read.file(log, ServerLogOptions.DEFAULTS);

    given.assertOnlyPlans(QUERIES.length);
    found.assertOnlyPlans(QUERIES.length);
    // A prefix that is nobody's custom is found out as far as linking needs it.
    assertThat(found.plans)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("logged.applicationName")
        .isEqualTo(given.plans);
    check(given, prefix.contains("%t") ? 1_000_000_000L : 1_000_000L);
  }

  @Test
  void readsJsonlogAndTheTextOfPlans() throws Exception {
    Path json = server().log("jsonlog", "%m ", "json", QUERIES);
    Path text = server().log("stderr", "%m [%p] ", "text", QUERIES);

    Read fromJson = Read.file(json, ServerLogOptions.DEFAULTS);
    Read fromText = Read.file(text, ServerLogOptions.DEFAULTS);

    fromJson.assertOnlyPlans(QUERIES.length);
    fromText.assertOnlyPlans(QUERIES.length);
    check(fromJson, 1_000_000L);
    check(fromText, 1_000_000L);
  }

  @Test
  void aPlanFormatThatIsNotReadIsOneRejectionEach() throws Exception {
    Path log = server().log("stderr", "%m [%p] ", "yaml", QUERIES);

    Read read = Read.file(log, ServerLogOptions.DEFAULTS);

    assertThat(read.plans).isEmpty();
    assertThat(read.rejections).hasSize(QUERIES.length);
    assertThat(read.rejections.get(0).reason()).startsWith("the plan cannot be read: ");
  }

  private static void check(Read read, long precisionNanos) {
    ExecutedPlan slept = read.plans.get(1);
    assertThat(slept.durationNanos()).isBetween(30_000_000L, 3_000_000_000L);
    assertThat(slept.precisionNanos()).isEqualTo(precisionNanos);
    assertThat(slept.loggedNanos() / 1_000_000_000L)
        .isCloseTo(Instant.now().getEpochSecond(), within(30L));
    assertThat(slept.plan().queryText()).isEqualToNormalizingWhitespace(QUERIES[1]);
    assertThat(slept.statement()).isNotNull();
    assertThat(slept.backendPid()).isPositive().isEqualTo(read.plans.get(0).backendPid());
    assertThat(read.plans.get(0).plan().root().type()).isEqualTo(NodeType.AGGREGATE);
    assertThat(read.plans.get(2).plan().analyzed()).isTrue();
  }

  @Test
  void thePidIsTheBackends() throws Exception {
    Path log =
        server()
            .log(
                "stderr",
                "%m [%p] ",
                "json",
                "DO $$ BEGIN RAISE LOG 'I am %', pg_backend_pid(); END $$",
                QUERIES[0]);

    int pid = Read.file(log, ServerLogOptions.DEFAULTS).plans.get(0).backendPid();

    assertThat(Files.readString(log)).contains("I am " + pid);
  }
}
