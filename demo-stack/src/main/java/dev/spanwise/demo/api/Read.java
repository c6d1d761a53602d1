package dev.spanwise.demo.api;

/** What can be read, over HTTP, by GET. */
public enum Read {
  /** The instruments that an account follows, with their latest prices. */
  WATCHLIST("watchlist", "/accounts/{account}/watchlist"),
  /** An account's positions and what they are worth. */
  PORTFOLIO_SUMMARY("portfolio-summary", "/accounts/{account}/portfolio"),
  /** The hundred accounts with the highest return. */
  LEADERBOARD("leaderboard", "/leaderboard"),
  /** The fifty latest trades of an account. */
  TRADE_HISTORY("trade-history", "/accounts/{account}/trades"),
  /** The fifty latest public items of all other accounts. */
  FEED("feed", "/accounts/{account}/feed");

  private final String readName;
  private final String route;

  Read(String readName, String route) {
    this.readName = readName;
    this.route = route;
  }

  /** The name on its spans. */
  public String readName() {
    return readName;
  }

  /** The path, with {@code {account}} where an account's number goes. */
  public String route() {
    return route;
  }

  /** The path of this read for one account. */
  public String path(long account) {
    return route.replace("{account}", Long.toString(account));
  }
}
