package dev.spanwise.telemetry;

/** The code that reads an attribute by its name and so has a constant for it. */
public enum Reader {
  ANALYZER_INGEST
}
