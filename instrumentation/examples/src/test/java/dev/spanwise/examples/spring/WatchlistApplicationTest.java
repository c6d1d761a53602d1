package dev.spanwise.examples.spring;

import dev.spanwise.examples.WatchlistContract;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class WatchlistApplicationTest extends WatchlistContract {
  @Override
  protected Running start(String jdbcUrl, String natsUrl, String redisUrl) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(WatchlistApplication.class)
            .run(
                "--spring.datasource.url=" + jdbcUrl,
                "--nats.url=" + natsUrl,
                "--redis.url=" + redisUrl,
                "--server.address=127.0.0.1",
                "--server.port=0");
    int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return new Running(port, context);
  }

  @Override
  protected String metricsPath() {
    return "/actuator/prometheus";
  }
}
