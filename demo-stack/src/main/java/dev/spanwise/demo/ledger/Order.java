package dev.spanwise.demo.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What a trader asks for: to buy or sell at the latest price.
 *
 * @param side {@code buy} or {@code sell}
 */
record Order(long account, long instrument, String side, long quantity) {
  /** Which rule the order breaks; null if none. */
  @Nullable String problem() {
    if (account < 1) {
      return "account must be a positive number";
    }
    if (instrument < 1) {
      return "instrument must be a positive number";
    }
    if (!"buy".equals(side) && !"sell".equals(side)) {
      return "side must be buy or sell";
    }
    return quantity < 1 ? "quantity must be a positive number" : null;
  }
}
