package dev.spanwise.demo.api;

import dev.spanwise.demo.telemetry.Metrics;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a read API runs.
 *
 * @param jdbcUrl of a PostgreSQL database that holds the trading read model
 * @param otlpEndpoint where spans go, over gRPC: {@code http://host:port}
 * @param batchedPortfolio whether the portfolio reads all its instruments in one statement, rather
 *     than in one for each position
 * @param redisUrl where it hears what has gone out of date; without it nothing is cached
 * @param metrics where its meters go; it serves them at {@code /metrics}
 */
public record ReadApiSettings(
    String jdbcUrl,
    URI otlpEndpoint,
    boolean batchedPortfolio,
    @Nullable String redisUrl,
    Metrics metrics) {}
