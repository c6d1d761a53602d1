package dev.spanwise.analyzer.postgresql.log;

/** Gathers lines into entries. Implementations are used by one thread at a time. */
interface EntryFormat {

  void line(Line line);

  /** Nothing came for a moment: what is held is whole. */
  void quiet();

  /** The input has ended. */
  void end();

  /** Why an input without any entry is no log in this format. */
  String reasonWithoutEntries();
}
