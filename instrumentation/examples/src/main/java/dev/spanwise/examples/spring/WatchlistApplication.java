package dev.spanwise.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Watchlists by HTTP: {@code GET /watchlists/ACCOUNT}, {@code PUT /watchlists/ACCOUNT/SYMBOL}, and
 * {@code GET /actuator/prometheus}. A {@code PUT} goes through a stream into the database, and from
 * there to the caches of all instances.
 */
@SpringBootApplication
public class WatchlistApplication {
  /** Takes Spring's options, such as {@code --spring.datasource.url=…}. */
  public static void main(String[] arguments) {
    SpringApplication.run(WatchlistApplication.class, arguments);
  }
}
