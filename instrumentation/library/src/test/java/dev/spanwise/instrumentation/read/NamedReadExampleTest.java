package dev.spanwise.instrumentation.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanwise.instrumentation.telemetry.SpanwiseAttributes;
import dev.spanwise.testing.server.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

class NamedReadExampleTest {
  @RegisterExtension
  static final OpenTelemetryExtension telemetry = OpenTelemetryExtension.create();

  @Test
  void missesOnceAndHitsThen() throws Exception {
    try (PostgresServer server = PostgresServer.embedded()) {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setUrl(server.jdbcUrl());
      try (Connection connection = database.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "create table watched as select 7::bigint account, unnest('{ACME,GLOBEX}'::text[])"
                + " symbol");
      }
      NamedReadExample example =
          new NamedReadExample(telemetry.getOpenTelemetry(), new SimpleMeterRegistry(), database);

      assertThat(example.watchlist(7)).containsExactly("ACME", "GLOBEX");
      assertThat(example.watchlist(7)).containsExactly("ACME", "GLOBEX");
      assertThat(
              example.feed(7, account -> CompletableFuture.completedFuture(List.of("news"))).join())
          .containsExactly("news");
    }
    assertThat(telemetry.getSpans())
        .extracting(span -> span.getAttributes().get(SpanwiseAttributes.SPANWISE_READ_CACHE))
        .containsExactly("miss", "hit", null);
  }
}
