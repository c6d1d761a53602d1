package dev.spanwise.examples.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;

/**
 * Watchlists by HTTP: {@code GET /watchlists/ACCOUNT}, {@code PUT /watchlists/ACCOUNT/SYMBOL}, and
 * {@code GET /metrics}. A {@code PUT} goes through a stream into the database, and from there to
 * the caches of all instances.
 */
public final class WatchlistApplication implements AutoCloseable {
  private final Observability observability = new Observability();
  private final HikariDataSource pool;
  private final Watchlists watchlists;
  private final Invalidations invalidations;
  private final Projector projector;
  private final HttpServer server;

  WatchlistApplication(String jdbcUrl, String natsUrl, String redisUrl, int port)
      throws IOException, InterruptedException, JetStreamApiException, SQLException {
    pool = observability.pool(jdbcUrl);
    watchlists = new Watchlists(pool, observability.telemetry());
    invalidations = new Invalidations(redisUrl, observability.telemetry(), watchlists::forget);
    projector = new Projector(natsUrl, observability.telemetry(), watchlists, invalidations);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/watchlists/", this::answer);
    server.createContext("/metrics", exchange -> respond(exchange, 200, observability.scrape()));
    server.start();
  }

  /** Takes the URLs of PostgreSQL (JDBC), NATS and Redis, and the port to listen on. */
  public static void main(String[] arguments) throws Exception {
    WatchlistApplication application =
        new WatchlistApplication(
            arguments[0], arguments[1], arguments[2], Integer.parseInt(arguments[3]));
    Runtime.getRuntime().addShutdownHook(new Thread(application::close));
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String method = exchange.getRequestMethod();
    try {
      if (method.equals("GET") && path.length == 3) {
        respond(exchange, 200, String.join("\n", watchlists.of(path[2])));
      } else if (method.equals("PUT") && path.length == 4) {
        projector.publish(path[2], path[3]);
        respond(exchange, 202, "");
      } else {
        respond(exchange, 404, "");
      }
    } catch (JetStreamApiException | RuntimeException e) {
      respond(exchange, 500, e.toString());
    }
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    projector.close();
    invalidations.close();
    pool.close();
    observability.close();
  }
}
