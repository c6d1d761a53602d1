package dev.spanwise.analyzer.catalogue;

/**
 * What the server counted of a statement, all its calls in this database by any role together. See
 * <a href="https://www.postgresql.org/docs/current/pgstatstatements.html">pg_stat_statements</a>.
 *
 * @param fingerprint the statement's fingerprint
 * @param calls how often it was executed
 * @param executionMs time of all executions
 * @param rows rows that they returned or changed
 */
public record StatementStatistics(long fingerprint, long calls, double executionMs, long rows) {

  /** Rows of one execution, on average. */
  public double meanRows() {
    return calls == 0 ? 0 : (double) rows / calls;
  }
}
