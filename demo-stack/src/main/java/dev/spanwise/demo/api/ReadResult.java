package dev.spanwise.demo.api;

/** What a read answers with. */
sealed interface ReadResult permits Feed, Leaderboard, Portfolio, TradeHistory, Watchlist {
  /** How many rows it shows. */
  int rows();
}
