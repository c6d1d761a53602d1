package dev.spanwise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake, planted in a contract that has none else, is told once with its place. */
class ContractMistakesTest {

  private static final String ATTRIBUTES = "areas[0].attributes";
  private static final String METRICS = "areas[0].metrics";
  private static final String SPANS = "areas[0].spans";

  @Test
  void theContractThatMistakesArePlantedInHasNone() {
    assertThatCode(PlantedContract::read).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource({"shapes", "attributes", "spans", "metrics", "labels"})
  void aMistakeIsToldOnceWithItsPlace(String text, String place, String rule) {
    ContractException thrown = thrownBy(text);
    assertThat(thrown.mistakes()).as(thrown.getMessage()).hasSize(1);
    assertThat(thrown.mistakes().get(0).path()).isEqualTo(place);
    assertThat(thrown.mistakes().get(0).rule()).isEqualTo(rule);
  }

  @Test
  void theLineOfAMistakeIsThatOfItsPlace() {
    assertThat(thrownBy(PlantedContract.with("unit: s\n", "unit: ms\n")))
        .hasMessage(
            "planted.yaml:52: areas[0].metrics[0].unit:"
                + " the unit \"ms\" is none of s, By, 1 and {thing}");
  }

  @Test
  void allMistakesAreToldInTheOrderOfTheFile() {
    assertThat(
            thrownBy(
                    PlantedContract.with("unit: s\n", "unit: ms\n")
                        .replace("brief: Reads by name.", "briefly: Reads by name."))
                .mistakes())
        .extracting(Mistake::line)
        .containsExactly(2, 4, 52);
  }

  @Test
  void whatIsNoYamlIsToldWithItsLine() {
    assertThat(thrownBy("areas:\n  - id: [\n"))
        .hasMessage(
            "planted.yaml:2: not YAML: while parsing a flow node, expected the node content,"
                + " but found '<stream end>'");
    assertThat(thrownBy("")).hasMessage("planted.yaml:1: the file is empty");
    assertThat(thrownBy("areas: []")).hasMessage("planted.yaml:1: nothing is declared");
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        mistake(
            "title: Reads\n",
            "title: Reads\n    colour: red\n",
            "areas[0].colour",
            "the key \"colour\" is unknown; known here:"
                + " id, title, brief, attributes, spans, metrics"),
        mistake("title: Reads", "title: ", "areas[0].title", "a text belongs here"),
        mistake("    title: Reads\n", "", "areas[0]", "\"title\" is missing"),
        mistake(
            "title: Reads\n",
            "title: Reads\n    title: Writes\n",
            "areas[0]",
            "the key \"title\" stands here twice"),
        mistake("labels: []", "labels: none", METRICS + "[2].labels", "a sequence belongs here"),
        mistake(
            "- {value: success, brief: It returned.}",
            "- success",
            ATTRIBUTES + "[1].values[0]",
            "a mapping belongs here"),
        mistake(
            "    metrics:\n",
            "    metrics:\n      - nothing\n",
            METRICS + "[0]",
            "a mapping belongs here"),
        Arguments.of(
            PlantedContract.with("title: Reads", "title: &title Reads")
                .replace("brief: Reads by name.", "brief: *title"),
            "areas[0].brief",
            "an alias; write the value out"),
        Arguments.of(PlantedContract.TEXT + "---\nareas: []\n", "", "there is a second document"),
        Arguments.of(
            PlantedContract.TEXT + "  - {id: read, title: Again, brief: Again.}\n",
            "areas[1]",
            "the area \"read\" is declared twice, first in line 2"));
  }

  static Stream<Arguments> attributes() {
    String typed = "type: int, stability: stable, brief: Rows.}\n    spans:";
    return Stream.of(
        mistake(
            "    spans:",
            "      - {name: spanwise.read.rows, " + typed,
            ATTRIBUTES + "[5]",
            "the attribute \"spanwise.read.rows\" is declared twice, first in line 18"),
        mistake("    spans:", "      - {" + typed, ATTRIBUTES + "[5]", "\"name\" is missing"),
        mistake(
            "    spans:",
            "      - {name: spanwise.unused, " + typed,
            ATTRIBUTES + "[5]",
            "no span and no metric has \"spanwise.unused\""),
        Arguments.of(
            PlantedContract.everywhere("spanwise.read.rows", "read.rows"),
            ATTRIBUTES + "[2].name",
            "the own name \"read.rows\" does not begin with \"spanwise.\""),
        Arguments.of(
            PlantedContract.everywhere("spanwise.read.rows", "spanwise.readRows"),
            ATTRIBUTES + "[2].name",
            "\"spanwise.readRows\" is not lower-case words joined by dots"),
        Arguments.of(
            PlantedContract.everywhere("postgresql.pid", "pid"),
            ATTRIBUTES + "[3].ref",
            "\"pid\" is not lower-case words joined by dots"),
        Arguments.of(
            PlantedContract.everywhere("postgresql.pid", "spanwise.pid"),
            ATTRIBUTES + "[3].ref",
            "an own name is declared with \"name\", not with \"ref\""),
        mistake(
            "convention: collector-postgresql",
            "convention: folklore",
            ATTRIBUTES + "[3].convention",
            "\"folklore\" is none of opentelemetry, collector-postgresql"),
        mistake(
            "unit: \"{row}\"",
            "unit: rows",
            ATTRIBUTES + "[2].unit",
            "the unit \"rows\" is none of s, By, 1 and {thing}"),
        mistake(
            "value: error,",
            "value: success,",
            ATTRIBUTES + "[1].values",
            "\"success\" stands here twice"),
        mistake(
            "brief: How it ended.\n",
            "brief: How it ended.\n        bound: {by: nobody, at_most: 3}\n",
            ATTRIBUTES + "[1].bound",
            "a closed set of values is its own bound"),
        mistake(
            "unit: \"{row}\"",
            "values: [{value: \"1\", brief: One.}]",
            ATTRIBUTES + "[2].values",
            "a closed set is one of strings"),
        mistake(
            "brief: How it ended.\n",
            "brief: How it ended.\n        label: read.outcome\n",
            ATTRIBUTES + "[1].label",
            "\"read.outcome\" is not lower-case words and underscores"),
        mistake(
            "at_most: 2",
            "at_most: 0",
            ATTRIBUTES + "[0].bound.at_most",
            "a whole number from 1 belongs here, not \"0\""));
  }

  static Stream<Arguments> spans() {
    return Stream.of(
        mistake(
            "- id: statement",
            "- id: read",
            SPANS + "[1]",
            "the span \"read\" is declared twice, first in line 34"),
        mistake(
            "names: [\"{spanwise.read.name}\", read]",
            "names: []",
            SPANS + "[0]",
            "\"names\" has no name"),
        mistake(
            "names: [statement]",
            "names: [\"{spanwise.read.name}\"]",
            SPANS + "[1].names",
            "the span's name holds \"spanwise.read.name\", which is none of its attributes"),
        mistake(
            "kind: client",
            "kind: customer",
            SPANS + "[1].kind",
            "\"customer\" is none of internal, server, client, producer, consumer"),
        mistake(
            "[postgresql.pid, db.query.text]",
            "[postgresql.pid, db.query.text, db.namespace]",
            SPANS + "[1].attributes",
            "the attribute \"db.namespace\" is not declared"),
        mistake(
            "[postgresql.pid, db.query.text]",
            "[postgresql.pid, db.query.text, postgresql.pid]",
            SPANS + "[1].attributes",
            "\"postgresql.pid\" stands here twice"),
        mistake(
            "brief: A read.\n        emitters: [library]",
            "brief: A read.",
            SPANS + "[0]",
            "\"emitters\" names nobody"),
        mistake(
            "brief: A read.\n        emitters: [library]",
            "brief: A read.\n        emitters: [library, somebody]",
            SPANS + "[0].emitters[1]",
            "\"somebody\" is none of library, agent-extension, analyzer-server, demo"));
  }

  static Stream<Arguments> metrics() {
    return Stream.of(
        Arguments.of(
            PlantedContract.TEXT.replaceFirst("    metrics:\n", "    metrics:\n" + FAILURES),
            METRICS + "[2]",
            "the metric \"spanwise.read.failures\" is declared twice, first in line 50"),
        mistake(
            "name: spanwise.read.failures",
            "name: read.failures",
            METRICS + "[1].name",
            "the own name \"read.failures\" does not begin with \"spanwise.\""),
        mistake(
            "name: spanwise.report.state\n        kind: info",
            "name: spanwise.read.failures.total\n        kind: gauge",
            METRICS + "[2].name",
            "\"spanwise.read.failures.total\" is \"spanwise_read_failures_total\" in Prometheus,"
                + " as \"spanwise.read.failures\" is"),
        mistake("        unit: s\n", "", METRICS + "[0]", "\"unit\" is missing"),
        mistake(
            "unit: \"{read}\"",
            "unit: reads",
            METRICS + "[1].unit",
            "the unit \"reads\" is none of s, By, 1 and {thing}"),
        mistake(
            "        buckets: [0.1, 1, 10]\n",
            "",
            METRICS + "[0]",
            "a histogram without \"buckets\""),
        mistake("[0.1, 1, 10]", "[]", METRICS + "[0]", "a histogram without \"buckets\""),
        mistake(
            "[0.1, 1, 10]",
            "[0.1, 1, 1, 10]",
            METRICS + "[0].buckets",
            "buckets ascend, but 1.0 follows 1.0"),
        mistake(
            "[0.1, 1, 10]",
            "[0.1, 1, .inf]",
            METRICS + "[0].buckets[2]",
            "a finite number belongs here, not \".inf\""),
        mistake(
            "kind: counter",
            "kind: counter\n        buckets: [1]",
            METRICS + "[1].buckets",
            "buckets belong to histograms alone"));
  }

  private static final String FAILURES =
      """
            - name: spanwise.read.failures
              kind: counter
              unit: "{read}"
              stability: development
              brief: How many failed.
              emitters: [demo]
      """;

  static Stream<Arguments> labels() {
    String labels = "labels: [spanwise.read.outcome]";
    String place = METRICS + "[1].labels";
    return Stream.of(
        mistake(
            labels,
            "labels: [spanwise.shard]",
            place,
            "the attribute \"spanwise.shard\" is not declared"),
        mistake(
            labels,
            "labels: [spanwise.read.rows]",
            place,
            "the label \"spanwise.read.rows\" has neither \"values\" nor a \"bound\""),
        mistake(
            "        bound: {by: the application's reads, at_most: 2, further: other}\n",
            "",
            METRICS + "[0].labels",
            "the label \"spanwise.read.name\" has neither \"values\" nor a \"bound\""),
        mistake(
            labels,
            "labels: [db.query.text]",
            place,
            "\"db.query.text\" is statement text, which is never a label"),
        mistake(
            labels,
            "labels: [spanwise.read.outcome, spanwise.read.outcome]",
            place,
            "\"spanwise.read.outcome\" stands here twice"),
        mistake(
            "brief: How it ended.\n",
            "brief: How it ended.\n        label: spanwise_read_name\n",
            METRICS + "[0].labels",
            "two labels are \"spanwise_read_name\" in Prometheus"));
  }

  private static Arguments mistake(String piece, String planted, String place, String rule) {
    return Arguments.of(PlantedContract.with(piece, planted), place, rule);
  }

  private static ContractException thrownBy(String text) {
    return Objects.requireNonNull(
        catchThrowableOfType(
            ContractException.class, () -> ContractReader.read("planted.yaml", text)));
  }
}
