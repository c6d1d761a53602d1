package dev.spanwise.examples.plain;

import dev.spanwise.examples.WatchlistContract;

class WatchlistApplicationTest extends WatchlistContract {
  @Override
  protected Running start(String jdbcUrl, String natsUrl, String redisUrl) throws Exception {
    WatchlistApplication application = new WatchlistApplication(jdbcUrl, natsUrl, redisUrl, 0);
    return new Running(application.port(), application);
  }

  @Override
  protected String metricsPath() {
    return "/metrics";
  }
}
