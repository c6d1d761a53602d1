package dev.spanwise.analyzer.postgresql.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.ExecutedPlan;
import dev.spanwise.analyzer.execution.StatementDuration;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The prefixes that managed services set, several of which can not be changed there. None is given:
 * each is found out from a few entries.
 */
class ManagedServicesTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long NOON = 1_795_348_800L * SECOND;

  /**
   * Amazon RDS and Aurora ({@code %t:%r:%u@%d:[%p]:}, with background processes that have no
   * client), Azure ({@code %t-%c-}, the process id in the session's, and what its users are advised
   * to set, which ends with a time), Google Cloud SQL, Supabase, Crunchy Bridge, one of keys alone,
   * Debian's and the server's own.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '2026-11-22 12:00:00 UTC:10.1.2.3(50123):app@shop:[4711]:'                           | 1000000000
          '2026-11-22 12:00:00 UTC::@:[4711]:'                                                 | 1000000000
          '2026-11-22 12:00:00 UTC-6b036bc9.1267-'                                             | 1000000000
          '2026-11-22 12:00:00 UTC-6b036bc9.1267-user=app,db=shop,session=6b036bc9.1267,sess_time=2026-11-22 11:00:00 UTC' | 1000000000
          '2026-11-22 12:00:00.000 UTC [4711]: [5-1] db=shop,user=app '                        | 1000000
          '10.1.2.3 2026-11-22 12:00:00.000 UTC [4711] app@shop '                              | 1000000
          '2026-11-22 12:00:00.000 UTC [4711][7/12] : [5-1] [app=reports] '                    | 1000000
          'pid=4711,user=app,db=shop,app=reports,client=10.1.2.3 2026-11-22 12:00:00.000 UTC ' | 1000000
          '2026-11-22 12:00:00.000 UTC [4711] app@shop '                                       | 1000000
          '2026-11-22 12:00:00.000 UTC [4711] '                                                | 1000000
          """)
  void itsPrefixIsFoundOut(String prefix, long precisionNanos) throws IOException {
    assertThatItIsFoundOut(prefix, ":  ", precisionNanos);
  }

  /** Google AlloyDB prints after a severity which line of the server's code logged. */
  @Test
  void thePlaceOfTheCodeIsPassedOver() throws IOException {
    assertThatItIsFoundOut(
        "2026-11-22 12:00:00.000 UTC [4711]: [5-1] db=shop,user=app ",
        ":[postgres.c:1] ",
        1_000_000);
  }

  @Test
  void thePlaceOfTheCodeIsPassedOverInEachOfManyEntries() throws IOException {
    String prefix =
        "2026-11-22 12:00:00.000 UTC [4711]: [5-1] db=shop,user=app LOG:[postgres.c:1] ";
    Read read =
        Read.text(
            (prefix + "connection authorized\n").repeat(2_000)
                + prefix
                + "duration: 7.000 ms  execute S_1: SELECT 1\n");
    assertThat(read.events).hasSize(1);
  }

  private static void assertThatItIsFoundOut(String prefix, String colon, long precisionNanos)
      throws IOException {
    String head = prefix + "LOG" + colon;

    Read read =
        Read.text(
            head
                + "duration: 12.345 ms  plan:\n"
                + Read.PLAN
                + head
                + "duration: 7.000 ms  execute S_1: SELECT o.id\n\tFROM orders o\n"
                + prefix
                + "DETAIL"
                + colon
                + "Parameters: $1 = 'secret'\n"
                + prefix
                + "ERROR"
                + colon
                + "division by zero\n"
                + prefix
                + "STATEMENT"
                + colon
                + "SELECT 1 / 0\n");

    assertThat(read.rejections).isEmpty();
    assertThat(read.events)
        .satisfiesExactly(
            plan -> {
              assertThat(plan).isInstanceOf(ExecutedPlan.class);
              assertThat(plan.backendPid()).isEqualTo(4711);
              assertThat(plan.logged().atNanos()).isEqualTo(NOON);
              assertThat(plan.logged().precisionNanos()).isEqualTo(precisionNanos);
              assertThat(((ExecutedPlan) plan).plan().queryId()).isNull();
            },
            duration -> {
              assertThat(duration).isInstanceOf(StatementDuration.class);
              assertThat(Objects.requireNonNull(duration.statement()).toString())
                  .contains("from orders");
            });
    assertThat(read.events.toString()).doesNotContain("secret");
  }
}
