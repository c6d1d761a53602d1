package dev.spanwise.telemetry;

import java.io.IOException;

/** A small contract without mistakes, to plant some in. */
final class PlantedContract {

  static final String TEXT =
      """
      areas:
        - id: read
          title: Reads
          brief: Reads by name.
          attributes:
            - name: spanwise.read.name
              type: string
              stability: development
              brief: The read.
              bound: {by: the application's reads, at_most: 2, further: other}
            - name: spanwise.read.outcome
              type: string
              stability: development
              brief: How it ended.
              values:
                - {value: success, brief: It returned.}
                - {value: error, brief: It threw.}
            - name: spanwise.read.rows
              type: int
              unit: "{row}"
              stability: development
              brief: How many rows.
            - ref: postgresql.pid
              convention: collector-postgresql
              type: int
              stability: development
              brief: The backend.
            - ref: db.query.text
              convention: opentelemetry
              type: string
              stability: stable
              brief: The statement.
          spans:
            - id: read
              names: ["{spanwise.read.name}", read]
              kind: internal
              attributes: [spanwise.read.name, spanwise.read.outcome, spanwise.read.rows]
              stability: development
              brief: A read.
              emitters: [library]
            - id: statement
              names: [statement]
              kind: client
              made_by: somebody else
              attributes: [postgresql.pid, db.query.text]
              stability: development
              brief: A statement.
              emitters: [library]
          metrics:
            - name: spanwise.read.duration
              kind: histogram
              unit: s
              buckets: [0.1, 1, 10]
              labels: [spanwise.read.name, spanwise.read.outcome]
              stability: development
              brief: How long.
              emitters: [library]
            - name: spanwise.read.failures
              kind: counter
              unit: "{read}"
              labels: [spanwise.read.outcome]
              stability: development
              brief: How many failed.
              emitters: [demo]
            - name: spanwise.report.state
              kind: info
              unit: "1"
              labels: []
              stability: development
              brief: What it is.
              emitters: [analyzer-server]
      """;

  private PlantedContract() {}

  static TelemetryContract read() throws IOException {
    return ContractReader.read("planted.yaml", TEXT);
  }

  /** The contract with one piece replaced, which has to be there once. */
  static String with(String piece, String replacement) {
    if (TEXT.indexOf(piece) != TEXT.lastIndexOf(piece)) {
      throw new IllegalArgumentException("there more than once: " + piece);
    }
    return everywhere(piece, replacement);
  }

  /** The contract with every occurrence of a piece replaced. */
  static String everywhere(String piece, String replacement) {
    if (!TEXT.contains(piece)) {
      throw new IllegalArgumentException("not there: " + piece);
    }
    return TEXT.replace(piece, replacement);
  }
}
