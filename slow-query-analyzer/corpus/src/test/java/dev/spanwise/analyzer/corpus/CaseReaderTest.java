package dev.spanwise.analyzer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanwise.analyzer.corpus.Traffic.Parameter;
import dev.spanwise.analyzer.corpus.Traffic.Send;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseReaderTest {

  private static final String SMALLEST = "about: A case.\nrequest:\n  - sql: select 1\n";

  @Test
  void whatIsNotGivenHasItsDescribedValue() {
    CorpusCase read = read(SMALLEST);
    assertThat(read.id()).isEqualTo("shop/one");
    assertThat(read.isControl()).isTrue();
    assertThat(read.servers()).containsExactlyInAnyOrder(15, 18);
    assertThat(read.slowerThan()).isEqualTo(Duration.ofMillis(10));
    assertThat(read.cache()).isEqualTo(CorpusCase.Cache.WARM);
    assertThat(read.traffic().requests()).isEqualTo(3);
    assertThat(read.traffic().pool()).isNull();
    assertThat(read.traffic().steps().get(0).send()).isEqualTo(Send.PREPARED);
  }

  @Test
  void whatIsGivenIsRead() {
    CorpusCase read =
        read(
            """
            about: A case.
            servers: [18]
            slower-than: 2s
            set-up: [drop table a, drop table b]
            settings: {work_mem: 64kB}
            cache: cold
            counted-for: 60d
            requests: 7
            meanwhile:
              - {sql: lock table c, hold: 1500ms}
            pool: {connections: 2, concurrency: 5, hold: 30ms}
            request:
              - sql: select ?
                send: server-prepared
                times: 20
                parameters:
                  - int8: "{n}"
            expected: [WaitedForLock]
            tolerated: [ReadFromDisk]
            forbidden: [JitDominates]
            fixes: [set-parameter]
            """);
    assertThat(read.servers()).containsExactly(18);
    assertThat(read.slowerThan()).isEqualTo(Duration.ofSeconds(2));
    assertThat(read.setUp()).containsExactly("drop table a", "drop table b");
    assertThat(read.countedFor()).isEqualTo(Duration.ofDays(60));
    assertThat(read.settings()).containsEntry("work_mem", "64kB");
    assertThat(read.blockers())
        .containsExactly(new CorpusCase.Blocker("lock table c", Duration.ofMillis(1500)));
    assertThat(read.traffic())
        .isEqualTo(
            new Traffic(
                7,
                new Traffic.Pool(2, 5, Duration.ofMillis(30)),
                List.of(
                    new Traffic.Step(
                        "select ?",
                        Send.SERVER_PREPARED,
                        List.of(new Parameter("int8", "{n}")),
                        20))));
    assertThat(read.labels().expected()).containsExactly("WaitedForLock");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "expected: [NoSuchRule]       | expected names no rule of the catalogue: NoSuchRule",
        "servers: [14]                | servers are some of",
        "slower-than: 5 minutes       | slower-than is no duration such as 20ms, 2s or 60d: 5"
            + " minutes",
        "requests: 0                  | requests is no number from 1 on: 0",
        "cache: hot                   | cache has no such value: hot",
        "expectd: []                  | has no field expectd",
        "settings: 7                  | settings: is no mapping of names to values",
        "fixes: ['(']                 | fixes has no regular expression",
        "{tolerated: 1                | shop/one",
      })
  void whatBreaksARuleIsNamedWithItsPlace(String line, String message) {
    assertThatThrownBy(() -> read(SMALLEST + line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("shop/one")
        .hasMessageContaining(message);
  }

  @Test
  void aRuleIsNotBothExpectedAndForbidden() {
    assertThatThrownBy(
            () -> read(SMALLEST + "expected: [JitDominates]\nforbidden: [JitDominates]\n"))
        .hasMessage("shop/one: forbidden names a rule that is expected or tolerated");
  }

  @Test
  void aCaseWithoutRequestIsRefused() {
    assertThatThrownBy(() -> read("about: A case.")).hasMessage("shop/one: request is missing");
  }

  private static CorpusCase read(String yaml) {
    return CaseReader.read("shop", "one", "shop/one", yaml);
  }
}
