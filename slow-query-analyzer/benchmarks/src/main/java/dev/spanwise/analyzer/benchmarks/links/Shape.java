package dev.spanwise.analyzer.benchmarks.links;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/** A statement of the busy hour; of a thousand, how many are such. */
enum Shape {
  POINT_READ(
      700, "SELECT balance, opened FROM accounts WHERE id = ?", Busy.ACCOUNTS, Integer.MAX_VALUE),
  LATEST(
      180,
      "SELECT id, symbol, price FROM trades WHERE account_id = ? ORDER BY executed DESC LIMIT 50",
      Busy.ACCOUNTS,
      Integer.MAX_VALUE),
  PAGE(
      70,
      "SELECT t.id, t.price, a.opened FROM trades t JOIN accounts a ON a.id = t.account_id WHERE t.account_id BETWEEN ? AND ? ORDER BY t.price",
      Busy.ACCOUNTS,
      400),
  SUMMARY(
      30,
      "SELECT symbol, count(*), sum(price) FROM trades WHERE account_id BETWEEN ? AND ? GROUP BY symbol",
      Busy.ACCOUNTS,
      2_000),
  SCAN(15, "SELECT count(*) FROM trades WHERE price < ?", 40, Integer.MAX_VALUE),
  UPDATE(5, "UPDATE accounts SET balance = balance + 1 WHERE id = ?", 20, Integer.MAX_VALUE);

  private final int perThousand;
  private final String sql;
  private final int values;

  /** How far a second parameter is beyond the first, at most. */
  private final int range;

  Shape(int perThousand, String sql, int values, int range) {
    this.perThousand = perThousand;
    this.sql = sql;
    this.values = values;
    this.range = range;
  }

  static Shape next(Random random) {
    int left = random.nextInt(1_000);
    for (Shape shape : values()) {
      left -= shape.perThousand;
      if (left < 0) {
        return shape;
      }
    }
    return POINT_READ;
  }

  String sql() {
    return sql;
  }

  void bind(PreparedStatement statement, Random random) throws SQLException {
    int value = 1 + random.nextInt(values);
    statement.setInt(1, value);
    if (range < Integer.MAX_VALUE) {
      statement.setInt(2, value + random.nextInt(range));
    }
  }

  /** Sizes of the tables. */
  static final class Busy {
    static final int ACCOUNTS = 20_000;
    static final int TRADES = 400_000;

    private Busy() {}
  }
}
