package dev.spanwise.demo.api;

import java.sql.Connection;
import java.sql.SQLException;

/** Which accounts there are. */
final class Accounts {
  private static final Query<String> DISPLAY_NAME =
      new Query<>(
          "select display_name from accounts where account_id = ?", rows -> rows.getString(1));

  private Accounts() {}

  /**
   * Returns the name that others see.
   *
   * @throws NoSuchAccountException if there is no such account
   */
  static String displayName(Connection connection, long account) throws SQLException {
    return DISPLAY_NAME.list(connection, account).stream()
        .findFirst()
        .orElseThrow(() -> new NoSuchAccountException(account));
  }
}
