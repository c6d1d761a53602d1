package dev.spanwise.demo.workload;

import dev.spanwise.demo.api.Read;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The same requests for the same seed: blocks of twenty, each shuffled. */
final class RequestSequence {
  /** Of each block of twenty. */
  private static final List<Read> BLOCK =
      List.of(
          Read.WATCHLIST,
          Read.WATCHLIST,
          Read.WATCHLIST,
          Read.WATCHLIST,
          Read.WATCHLIST,
          Read.PORTFOLIO_SUMMARY,
          Read.PORTFOLIO_SUMMARY,
          Read.PORTFOLIO_SUMMARY,
          Read.PORTFOLIO_SUMMARY,
          Read.LEADERBOARD,
          Read.LEADERBOARD,
          Read.LEADERBOARD,
          Read.TRADE_HISTORY,
          Read.TRADE_HISTORY,
          Read.TRADE_HISTORY,
          Read.TRADE_HISTORY,
          Read.FEED,
          Read.FEED,
          Read.FEED,
          Read.FEED);

  private RequestSequence() {}

  record Request(Read read, long account) {}

  static List<Request> of(long seed, int accounts, int count) {
    Random random = new Random(seed);
    List<Request> requests = new ArrayList<>(count + BLOCK.size());
    while (requests.size() < count) {
      List<Read> block = new ArrayList<>(BLOCK);
      Collections.shuffle(block, random);
      for (Read read : block) {
        requests.add(new Request(read, 1 + random.nextInt(accounts)));
      }
    }
    return List.copyOf(requests.subList(0, count));
  }
}
