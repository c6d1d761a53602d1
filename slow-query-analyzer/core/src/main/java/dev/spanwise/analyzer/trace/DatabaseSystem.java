package dev.spanwise.analyzer.trace;

/** The database that a span called: {@code db.system.name}, or the older {@code db.system}. */
public enum DatabaseSystem {
  POSTGRESQL,
  MONGODB,
  OTHER
}
