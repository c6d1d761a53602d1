package dev.spanwise.demo.stack;

import dev.spanwise.demo.server.InstalledServers;
import dev.spanwise.demo.telemetry.Metrics;
import java.net.URI;
import java.nio.file.Path;

/**
 * How a trading stack runs.
 *
 * @param servers what may be started
 * @param directory for all data; must be there; the caller deletes it
 * @param readModelJdbcUrl of the database that is projected into
 * @param instruments how many the read model has: 1 to this number
 * @param otlpEndpoint where spans go, over gRPC: {@code http://host:port}
 * @param metrics where the meters of all services go
 */
public record TradingStackSettings(
    InstalledServers servers,
    Path directory,
    String readModelJdbcUrl,
    int instruments,
    URI otlpEndpoint,
    Metrics metrics) {}
