package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The README's example. */
class ContractExampleTest {

  @Test
  void saysWhatIsDeclared() {
    // README
    TelemetryContract contract = TelemetryContract.ofThisVersion();

    // All names that a query may use, and the labels of one.
    Set<String> names = contract.prometheusNames();
    Set<String> labels = contract.labels("spanwise_read_duration_seconds_bucket");
    // README

    assertThat(names).contains("spanwise_read_duration_seconds_bucket");
    assertThat(labels).contains("spanwise_read_name", "spanwise_read_outcome");
  }

  @Test
  void tellsWhatIsNotDeclaredAndWhatWasNotSeen() {
    TelemetryContract contract = TelemetryContract.ofThisVersion();
    List<ObservedSpan> spans =
        List.of(
            new ObservedSpan(
                "dev.spanwise.read",
                "watchlist",
                SpanKind.INTERNAL,
                Map.of("spanwise.read.name", "watchlist", "account", "7")));
    String scraped = "spanwise_freshness_age_seconds 0.5";

    // README
    List<ObservedSeries> series = PrometheusText.series(scraped);
    EmittedNames emitted = EmittedNames.compare(contract, spans, series);
    List<String> notDeclared = emitted.violations();
    List<String> notEmitted = emitted.neverSeen(Set.of(Emitter.LIBRARY));
    // README

    assertThat(notDeclared).containsExactly("the span read has the undeclared attribute account");
    assertThat(notEmitted)
        .contains("metric spanwise.read.duration")
        .doesNotContain("metric spanwise.freshness.age");
  }
}
