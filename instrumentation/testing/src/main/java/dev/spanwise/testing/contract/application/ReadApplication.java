package dev.spanwise.testing.contract.application;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Serves {@code /watchlist}, which the application calls a read, and {@code /health}, which it does
 * not, and asks for both. Both query PostgreSQL. Setting: {@code jdbc.url}.
 */
public final class ReadApplication implements Application {

  @Override
  public void run(Seam seam, Map<String, String> settings, PrintStream out) throws Exception {
    PGSimpleDataSource driver = new PGSimpleDataSource();
    driver.setUrl(settings.get("jdbc.url"));
    DataSource database = seam.dataSource(driver);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/watchlist",
        exchange ->
            answer(exchange, () -> seam.read("watchlist", () -> query(database, "watchlist"))));
    server.createContext("/health", exchange -> answer(exchange, () -> query(database, "health")));
    server.start();
    try {
      get(server, "/watchlist", out);
      get(server, "/health", out);
    } finally {
      server.stop(0);
    }
  }

  private interface Body {
    int answer() throws Exception;
  }

  private static void answer(HttpExchange exchange, Body body) throws IOException {
    int status;
    try {
      status = body.answer();
    } catch (Exception e) {
      status = 500;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static int query(DataSource database, String name) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT 200 AS " + name)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void get(HttpServer server, String path, PrintStream out)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    HttpResponse<Void> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding());
    out.println(path.substring(1) + "=" + response.statusCode());
  }
}
