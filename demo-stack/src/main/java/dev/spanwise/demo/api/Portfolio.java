package dev.spanwise.demo.api;

import java.math.BigDecimal;
import java.util.List;

/** What an account holds, and what it is worth at the latest prices. */
record Portfolio(String account, Summary summary, List<Holding> holdings) implements ReadResult {
  @Override
  public int rows() {
    return holdings.size();
  }

  /** The whole of it, as of the latest refresh of the materialized view. */
  record Summary(
      long positionCount, BigDecimal marketValue, BigDecimal cost, BigDecimal dayChange) {}

  record Position(long instrumentId, long quantity, BigDecimal averageCost) {}

  record Instrument(long instrumentId, String symbol, String name, BigDecimal price) {}

  record Holding(
      String symbol,
      String name,
      long quantity,
      BigDecimal averageCost,
      BigDecimal price,
      BigDecimal marketValue) {
    static Holding of(Position position, Instrument instrument) {
      return new Holding(
          instrument.symbol(),
          instrument.name(),
          position.quantity(),
          position.averageCost(),
          instrument.price(),
          instrument.price().multiply(BigDecimal.valueOf(position.quantity())));
    }
  }
}
