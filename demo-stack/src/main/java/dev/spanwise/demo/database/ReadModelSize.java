package dev.spanwise.demo.database;

/**
 * How many rows the read model holds.
 *
 * @param positionsPerAccount the mean; an account has between half and one and a half times as many
 */
public record ReadModelSize(
    int accounts, int instruments, int positionsPerAccount, int trades, int activities) {
  /** What the demo shows: two million positions, a million trades, a million feed items. */
  public static final ReadModelSize DEMO =
      new ReadModelSize(10_000, 5_000, 200, 1_000_000, 1_000_000);

  public ReadModelSize {
    if (accounts < 1 || positionsPerAccount < 2 || trades < 1 || activities < 1) {
      throw new IllegalArgumentException(
          "a read model needs accounts, 2 positions for each, trades and activities");
    }
    if (instruments < 20 || instruments < positionsPerAccount * 3L / 2) {
      throw new IllegalArgumentException(
          "instruments must be 20 and 1.5 * positionsPerAccount at least, not " + instruments);
    }
  }
}
