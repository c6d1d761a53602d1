package dev.spanwise.telemetry;

/** What was read, and the entries that it was read from, which know their places. */
record Located<T>(T value, Fields fields) {}
