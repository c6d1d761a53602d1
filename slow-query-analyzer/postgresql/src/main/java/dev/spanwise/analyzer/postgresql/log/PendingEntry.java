package dev.spanwise.analyzer.postgresql.log;

/** A piece of a log that a format has cut out; any thread may read it. */
@FunctionalInterface
interface PendingEntry {

  void read(EntryReader reader, Outcomes outcomes);
}
