package dev.spanwise.analyzer.postgresql.log;

import static dev.spanwise.analyzer.postgresql.log.Read.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.analyzer.execution.StatementDuration;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of other programs are named, and nothing is made up from them. */
class OtherProgramsTest {

  private static final String UTC = "2026-11-22 12:00:00.250 UTC";

  static Stream<Arguments> logs() {
    return Stream.of(
        Arguments.of(
            "a web server",
            """
            127.0.0.1 - - [22/Nov/2026:12:00:00 +0000] "GET /portfolio HTTP/1.1" 200 612 "-" "curl/8.5.0"
            10.0.0.8 - alice [22/Nov/2026:12:00:01 +0000] "POST /orders HTTP/1.1" 201 17 "-" "Mozilla/5.0"
            """),
        Arguments.of(
            "MySQL",
            """
            /usr/sbin/mysqld, Version: 8.0.36 (MySQL Community Server - GPL). started with:
            Tcp port: 3306  Unix socket: /var/run/mysqld/mysqld.sock
            Time                 Id Command    Argument
            # Time: 2026-11-22T12:00:00.123456Z
            # User@Host: app[app] @ localhost []  Id:     8
            # Query_time: 2.000212  Lock_time: 0.000001 Rows_sent: 1  Rows_examined: 1000000
            SET timestamp=1795348800;
            SELECT * FROM orders WHERE note = 'x';
            """),
        Arguments.of(
            "an application",
            """
            2026-11-22T12:00:00.123Z  INFO 4711 --- [orders] [           main] com.example.Orders   : Starting
            2026-11-22T12:00:00.223Z  WARN 4711 --- [orders] [nio-8080-exec-1] c.z.h.pool.HikariPool : duration: 5.000 ms
            java.lang.IllegalStateException: boom
            \tat com.example.Orders.main(Orders.java:12)
            2026-11-22T12:00:01.223Z ERROR 4711 --- [orders] [nio-8080-exec-1] o.h.SqlExceptionHelper : ERROR: deadlock detected
            """),
        Arguments.of(
            "systemd's journal",
            """
            __CURSOR=s=1;i=1
            __REALTIME_TIMESTAMP=1795348800000000
            _HOSTNAME=db1
            SYSLOG_IDENTIFIER=postgres
            MESSAGE=2026-11-22 12:00:00.250 UTC [4711] LOG:  duration: 1.000 ms
            _PID=4711
            """),
        Arguments.of(
            "systemd's journal",
            """
            {"__CURSOR":"s=1","__REALTIME_TIMESTAMP":"1795348800000000","_PID":"4711","MESSAGE":"LOG:  duration: 1.000 ms"}
            {"__CURSOR":"s=2","__REALTIME_TIMESTAMP":"1795348800000001","_PID":"4711","MESSAGE":"LOG:  duration: 2.000 ms"}
            """),
        Arguments.of(
            "Docker",
            """
            {"log":"2026-11-22 12:00:00.250 UTC [7] LOG:  duration: 12.345 ms  plan:\\n","stream":"stderr","time":"2026-11-22T12:00:00.25Z"}
            {"log":"\\tQuery Text: SELECT 1\\n","stream":"stderr","time":"2026-11-22T12:00:00.25Z"}
            """),
        Arguments.of(
            "PgBouncer",
            """
            2026-11-22 12:00:00.123 UTC [1234] LOG C-0x55d0c8: shop/app@127.0.0.1:5000 login attempt: db=shop user=app tls=no
            2026-11-22 12:00:00.124 UTC [1234] LOG stats: 5 xacts/s, 5 queries/s, in 100 B/s, out 200 B/s, xact 100 us, wait 3 us
            """),
        Arguments.of(
            "Heroku",
            """
            2026-11-22T12:00:00.000000+00:00 app[postgres.12345]: [DATABASE] [5-1]  sql_error_code = 00000 LOG:  duration: 2512.345 ms  statement: SELECT 1
            2026-11-22T12:00:00.100000+00:00 app[web.1]: GET /
            2026-11-22T12:00:00.200000+00:00 heroku[router]: at=info method=GET path="/" dyno=web.1 service=5ms status=200
            """),
        Arguments.of(
            "syslog",
            """
            2026-11-22T12:00:00.250123+00:00 db1 postgres[4711]: [5-1] user=app,db=shop LOG:  duration: 12.345 ms  plan:
            2026-11-22T12:00:00.250123+00:00 db1 postgres[4711]: [5-2] #011{
            2026-11-22T12:00:00.250123+00:00 db1 postgres[4711]: [5-3] #011}
            """),
        Arguments.of("spans", "{\"resourceSpans\": []}\n{\"resourceSpans\": []}\n"));
  }

  @ParameterizedTest
  @MethodSource("logs")
  void isOneRejectionThatNamesIt(String name, String log) throws IOException {
    Read read = Read.text(log);

    assertThat(read.events).isEmpty();
    assertThat(read.rejections)
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.place()).isEqualTo("line 1");
              assertThat(rejection.reason()).startsWith("looks like ").contains(name);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order 17 was placed at 12:00 | does not look like PostgreSQL's log",
        "note: nothing happened       | does not look like PostgreSQL's log",
        "node7 LOG:  duration: 1 ms   | give the server's log_line_prefix",
        "node7 ERROR: deadlock        | give the server's log_line_prefix",
        "node7 FEHLER:  Relation      | give the server's log_line_prefix"
      })
  void thePrefixIsAskedForOnlyWhereASeverityStands(String line, String reason) throws IOException {
    Read read = Read.text(line + "\n" + line + "\n");

    assertThat(read.rejections)
        .singleElement()
        .satisfies(rejection -> assertThat(rejection.reason()).contains(reason));
  }

  @Test
  void ofSyslogsCopyTheEntriesOfOneLineAreReadAndThePlansLossIsNamed() throws IOException {
    Read read =
        Read.text(
            """
            Nov 22 12:00:00 db1 postgres[4711]: [5-1] 2026-11-22 12:00:00.250 UTC [4711] app@shop LOG:  duration: 12.345 ms  plan:
            Nov 22 12:00:00 db1 postgres[4711]: [5-2] #011{
            Nov 22 12:00:00 db1 postgres[4712]: [9-1] 2026-11-22 12:00:00.251 UTC [4712] app@shop LOG:  duration: 99.345 ms  statement: SELECT 2
            Nov 22 12:00:00 db1 postgres[4711]: [5-3] #011  "Plan": {"Node Type": "Result"}
            Nov 22 12:00:00 db1 postgres[4711]: [5-4] #011}
            Nov 22 12:00:01 db1 sshd[99]: Accepted publickey for root
            """);

    assertThat(read.plans).isEmpty();
    assertThat(read.events)
        .singleElement()
        .isInstanceOfSatisfying(
            StatementDuration.class, one -> assertThat(one.backendPid()).isEqualTo(4712));
    assertThat(read.rejections.get(0).reason()).startsWith("looks like syslog");
    assertThat(read.rejections)
        .extracting(rejection -> rejection.place())
        .contains("line 1", "lines 4-6");
  }

  @Test
  void ofAContainerRuntimesCopyItsLinesAreNamed() throws IOException {
    String written = "2026-11-22T12:00:00.250123456Z stderr F ";

    Read read =
        Read.text(
            (entry(UTC, 7) + UTC + " [8] LOG:  duration: 2.345 ms  statement: SELECT 3")
                .lines()
                .map(line -> written + line)
                .collect(Collectors.joining("\n")));

    assertThat(read.plans).isEmpty();
    assertThat(read.events).singleElement().satisfies(e -> assertThat(e.backendPid()).isEqualTo(8));
    assertThat(read.rejections.get(0).reason()).startsWith("looks like a container runtime's copy");
  }

  @Test
  void aServersLogThatQuotesThemIsReadAsItIs() throws IOException {
    Read.text(
            UTC
                + " [7] LOG:  statement: # Time: 2026 {\"log\":\"x\"}\n"
                + entry(UTC, 7)
                + UTC
                + " [8] LOG:  could not receive data: postgres[4711]: [1-1] x\n")
        .assertOnlyPlans(1);
  }

  @Test
  void aPrefixThatNamesTheServerAsSyslogDoesIsTheServersOwn() throws IOException {
    String head = UTC + " postgres[7]: LOG:  duration: 12.345 ms  ";

    Read.text((head + "plan:\n" + Read.PLAN).repeat(3)).assertOnlyPlans(3);
    Read oneLineEach = Read.text((head + "statement: SELECT 1\n").repeat(100));

    assertThat(oneLineEach.events).hasSize(100);
    assertThat(oneLineEach.rejections).isEmpty();
  }
}
