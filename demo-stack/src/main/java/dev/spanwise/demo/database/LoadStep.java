package dev.spanwise.demo.database;

import java.sql.SQLException;
import java.sql.Statement;

/** Statements that run together under one name. */
record LoadStep(String name, String sql) {
  /** Returns the number of rows written. */
  long run(Statement statement) throws SQLException {
    long rows = 0;
    boolean isResultSet = statement.execute(sql);
    while (true) {
      if (!isResultSet) {
        long updated = statement.getLargeUpdateCount();
        if (updated < 0) {
          return rows;
        }
        rows += updated;
      }
      isResultSet = statement.getMoreResults();
    }
  }
}
